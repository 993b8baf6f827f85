/** The control that attaches files: chosen or dropped, with progress, each with its own fault and its own way back. */

import React, { useId, useRef, useState } from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import { Button, Icon, NoticeBox, useText } from "../../platform/ui/kit.js";
import { FileName, FileSign, useSize } from "./file-pieces.js";
import type { AttachedFiles, AttachedRow } from "./use-attached-files.js";

const words = {
  choose: msg("files.attachFiles.choose"),
  chooseOne: msg("files.attachFiles.chooseOne"),
  remove: pattern("files.attachFiles.remove"),
  stop: pattern("files.attachFiles.stop"),
  sending: pattern("files.attachFiles.sending"),
  looking: msg("files.attachFiles.looking"),
  ready: msg("files.attachFiles.ready"),
};

function Row({ row, onRemove }: { row: AttachedRow; onRemove: () => void }) {
  const { t, percent } = useText();
  const size = useSize();
  const { file, fault, sent, name } = row;
  const sending = file === null && fault === null;
  return (
    <li className={`file file-waiting${fault ? " file-refused" : ""}`}>
      {fault ? (
        <span className="file-sign">
          <Icon name="alert" size={20} />
        </span>
      ) : (
        <FileSign type={file?.type ?? ""} id="" picture={false} />
      )}
      <span className="file-words">
        <FileName name={name} />
        {fault ? (
          <span className="small fault" role="alert">
            {t(pattern("files.attachFiles.refused"), { why: t(fault) })}
          </span>
        ) : (
          <span className="small muted">
            {size(row.bytes)} ·{" "}
            {file ? t(words.ready) : sent < 1 ? t(words.sending, { percent: percent(sent) }) : t(words.looking)}
          </span>
        )}
        {sending && <progress className="file-progress" max={1} value={sent} aria-label={name} />}
      </span>
      <Button kind="quiet" icon="close" label={t(sending ? words.stop : words.remove, { name })} onClick={onRemove} />
    </li>
  );
}

export function AttachFiles({ files }: { files: AttachedFiles }) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const help = useId();
  const [over, setOver] = useState(false);
  const { limits, rows, problem } = files;
  const single = limits?.most === 1;
  if (problem !== null) return <NoticeBox tone="warning">{t(problem.detail)}</NoticeBox>;
  return (
    <fieldset
      className={`attach${over ? " attach-over" : ""}`}
      aria-describedby={help}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        files.add(event.dataTransfer.files);
      }}
    >
      <legend className="unseen">{t(msg("files.attachFiles.files"))}</legend>
      {rows.length > 0 && (
        <ul className="files" aria-live="polite">
          {rows.map((row) => (
            <Row key={row.key} row={row} onRemove={() => files.remove(row.key)} />
          ))}
        </ul>
      )}
      {files.restored && <p className="small muted">{t(msg("files.attachFiles.restored"))}</p>}
      <div className="attach-line">
        <input
          ref={input}
          type="file"
          multiple={!single}
          hidden
          accept={limits?.accept.join(",")}
          aria-label={t(single ? words.chooseOne : words.choose)}
          onChange={({ target }) => {
            files.add([...(target.files ?? [])]);
            // The same file can be chosen again after it was corrected.
            target.value = "";
          }}
        />
        <Button small icon="attachment" onClick={() => input.current?.click()}>
          {t(single ? words.chooseOne : words.choose)}
        </Button>
        <span className="small muted attach-drop">{t(msg("files.attachFiles.drop"))}</span>
        <span className="small muted" id={help}>
          {limits &&
            t(single ? pattern("files.attachFiles.limitOfOne") : pattern("files.attachFiles.limits"), {
              n: limits.most,
              mb: Math.floor(limits.mostBytes / (1024 * 1024)),
            })}
        </span>
      </div>
    </fieldset>
  );
}
