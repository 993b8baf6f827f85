/** Files on the way to the server, before an act takes them along: sent one by one, each with its own fault. */

import { useCallback, useEffect, useRef, useState } from "react";
import type { Attachment } from "../../engine/files/attachment.js";
import { msg } from "../../engine/text/msg.js";
import { apiRoot, type ProblemBody, problemOf, read, send, signedOutEvent, type Words } from "../../platform/ui/kit.js";
import type { StagedFile, StagedFiles } from "./attachments.js";

export interface AttachedRow {
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  /** 0 to 1 while it is sent. */
  readonly sent: number;
  /** Once it is there. */
  readonly file: Attachment | null;
  /** Why it is not taken. */
  readonly fault: Words | null;
}

export interface AttachedFiles {
  readonly rows: readonly AttachedRow[];
  readonly limits: Omit<StagedFiles, "files"> | null;
  /** Whether some of them were attached before this page was opened. */
  readonly restored: boolean;
  /** Why nothing can be attached at all. */
  readonly problem: ProblemBody | null;
  /** Ids for the act. */
  readonly ids: readonly string[];
  /** True while one is still sent. */
  readonly busy: boolean;
  add(files: Iterable<File>): void;
  /** Stops sending it, or takes it back. */
  remove(key: string): void;
  /** The act took them along. */
  clear(): void;
}

let made = 0;
const newKey = (): string => {
  made += 1;
  return `file-${made}`;
};

const addressOf = (owner: string, path = ""): string => `${apiRoot}/files${path}?${owner}`;

/** RFC 8187, so that a name in any script travels in a header. */
const dispositionOf = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;

/** `fetch` tells nothing of what was sent so far. */
function post(a: { address: string; file: File; onSent: (share: number) => void }): {
  done: Promise<Attachment>;
  stop: () => void;
} {
  const request = new XMLHttpRequest();
  const done = new Promise<Attachment>((resolve, reject) => {
    request.open("POST", a.address);
    request.responseType = "json";
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("content-disposition", dispositionOf(a.file.name));
    request.upload.onprogress = ({ loaded, total }) => a.onSent(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const body = request.response as (StagedFile & { problem?: ProblemBody }) | null;
      if (request.status === 201 && body !== null) resolve(body.file);
      else {
        if (request.status === 401) window.dispatchEvent(new Event(signedOutEvent));
        reject(body?.problem ?? null);
      }
    };
    request.onerror = () => reject(null);
    request.send(a.file);
  });
  return { done, stop: () => request.abort() };
}

/** @param owner what will carry them, as the address names it (`reference=…`); null: nothing does */
export function useAttachedFiles(owner: string | null): AttachedFiles {
  const [rows, setRows] = useState<readonly AttachedRow[]>([]);
  const [limits, setLimits] = useState<AttachedFiles["limits"]>(null);
  const [restored, setRestored] = useState(false);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const stops = useRef(new Map<string, () => void>());

  useEffect(() => {
    if (owner === null) return;
    const controller = new AbortController();
    read<StagedFiles>(addressOf(owner), { signal: controller.signal })
      .then(({ files, ...told }) => {
        setLimits(told);
        setRestored(files.length > 0);
        setRows((now) => [
          ...files.map((file) => ({ key: file.id, name: file.name, bytes: file.bytes, sent: 1, file, fault: null })),
          ...now,
        ]);
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setProblem(problemOf(error));
      });
    const sending = stops.current;
    return () => {
      controller.abort();
      for (const stop of sending.values()) stop();
    };
  }, [owner]);

  const change = useCallback(
    (key: string, to: Partial<AttachedRow>) =>
      setRows((all) => all.map((row) => (row.key === key ? { ...row, ...to } : row))),
    [],
  );

  const start = (key: string, file: File): void => {
    const sending = post({
      address: addressOf(owner ?? ""),
      file,
      onSent: (sent) => change(key, { sent }),
    });
    stops.current.set(key, sending.stop);
    sending.done
      .then((kept) => change(key, { file: kept, name: kept.name, bytes: kept.bytes, sent: 1 }))
      .catch((refused: ProblemBody | null) => {
        const fault = refused?.faults[0]?.reason ?? refused?.detail ?? msg("files.useAttachedFiles.unreachable");
        change(key, { fault });
      })
      .finally(() => stops.current.delete(key));
  };

  const faultOf = (file: File, place: number): Words | null => {
    if (limits === null) return null;
    if (place >= limits.most) return msg("files.useAttachedFiles.tooMany", { n: limits.most });
    if (file.size === 0) return msg("files.useAttachedFiles.empty");
    if (file.size > limits.mostBytes)
      return msg("files.useAttachedFiles.tooLarge", { n: Math.floor(limits.mostBytes / (1024 * 1024)) });
    return null;
  };

  const good = rows.filter(({ fault }) => fault === null);
  return {
    rows,
    limits,
    restored,
    problem,
    ids: rows.flatMap(({ file }) => (file === null ? [] : [file.id])),
    busy: good.some(({ file }) => file === null),
    add(files) {
      let place = good.length;
      const added = [...files].map((file) => {
        const fault = faultOf(file, place);
        if (fault === null) place += 1;
        return { file, row: { key: newKey(), name: file.name, bytes: file.size, sent: 0, file: null, fault } };
      });
      setRows((all) => [...all, ...added.map(({ row }) => row)]);
      for (const { file, row } of added) if (row.fault === null) start(row.key, file);
    },
    remove(key) {
      stops.current.get(key)?.();
      const id = rows.find((row) => row.key === key)?.file?.id;
      setRows((all) => all.filter((row) => row.key !== key));
      // It would be swept a day later anyhow.
      if (id !== undefined) void send(addressOf(owner ?? "", `/${id}/drop`)).catch(() => undefined);
    },
    clear: () => setRows([]),
  };
}
