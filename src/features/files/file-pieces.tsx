/** How a file is shown, wherever one is: its picture or sign, its name in its own direction, its size. */

import React, { type ReactNode } from "react";
import type { Attachment } from "../../engine/files/attachment.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { adminRoot, Badge, Icon, useText } from "../../platform/ui/kit.js";

const signs: readonly (readonly [RegExp, string])[] = [
  [/^image\//, "image"],
  [/^audio\//, "sound"],
  [/^video\//, "film"],
];
const signOf = (type: string): string => signs.find(([form]) => form.test(type))?.[1] ?? "document";

const fileAddress = (id: string): string => `${adminRoot}/files/${id}`;

export function useSize(): (bytes: number) => string {
  const { t } = useText();
  return (bytes) => {
    const kilobytes = bytes / 1024;
    return kilobytes < 1000
      ? t(pattern("files.filePieces.kb"), { n: Math.max(1, Math.round(kilobytes)) })
      : t(pattern("files.filePieces.mb"), { n: Math.round(kilobytes / 102.4) / 10 });
  };
}

/** @param picture whether its thumbnail can be seen: not of a confidential case, and not before it is sent */
export function FileSign({ type, id, picture }: { type: string; id: string; picture: boolean }) {
  if (picture && type.startsWith("image/")) {
    // What it shows is told by its name, which stands beside it.
    return <img className="file-picture" src={`${fileAddress(id)}/thumbnail`} alt="" loading="lazy" />;
  }
  return (
    <span className="file-sign">
      <Icon name={signOf(type)} size={20} />
    </span>
  );
}

/** A name may be Arabic, Latin or both, and ends in Latin letters: it stands by itself. */
export const FileName = ({ name }: { name: string }) => (
  <bdi className="file-name" dir="auto">
    {name}
  </bdi>
);

/** A file that can be saved. */
export function FileLink({ file, picture, children }: { file: Attachment; picture: boolean; children?: ReactNode }) {
  const { t } = useText();
  const size = useSize();
  return (
    <a className="file" href={fileAddress(file.id)} download={file.name}>
      <span className="unseen">{t(msg("files.filePieces.save"))} </span>
      <FileSign type={file.type} id={file.id} picture={picture} />
      <span className="file-words">
        <FileName name={file.name} />
        <span className="small muted">
          {size(file.bytes)}
          {children}
        </span>
        {file.locked && (
          <Badge tone="near" icon="lock">
            {t(msg("files.filePieces.locked"))}
          </Badge>
        )}
        {file.unscanned && (
          <Badge tone="near" icon="alert">
            {t(msg("files.filePieces.unscanned"))}
          </Badge>
        )}
      </span>
      <Icon name="save" size={18} />
    </a>
  );
}

/** The files of one entry of the timeline. */
export function EntryFiles({ files, pictures }: { files: readonly Attachment[]; pictures: boolean }) {
  if (files.length === 0) return null;
  return (
    <ul className="files entry-files">
      {files.map((file) => (
        <li key={file.id}>
          <FileLink file={file} picture={pictures} />
        </li>
      ))}
    </ul>
  );
}
