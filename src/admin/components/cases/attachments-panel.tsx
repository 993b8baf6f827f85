/** All files of a case in one place: who sent them, when, and what they are. */
import React from "react";
import type { CasePageView } from "../../../domain/case-view.js";
import { Bidi, Moment, Panel, useText } from "../kit/kit.js";
import { FileLink } from "./file-pieces.js";

const words = {
  title: { en: "Files", ar: "الملفات" },
  recorded: {
    en: "The case is confidential: whoever opens a file is on record.",
    ar: "المعاملة سرّية: يُسجَّل كل من يفتح ملفًا.",
  },
};

export function AttachmentsPanel({ timeline, head }: Pick<CasePageView, "timeline" | "head">) {
  const { t } = useText();
  const files = timeline.flatMap(({ files: carried, who, at }) => carried.map((file) => ({ file, who, at }))).reverse();
  if (files.length === 0) return null;
  return (
    <Panel title={words.title}>
      <div className="stack-small">
        {head.confidential && <p className="small muted">{t(words.recorded)}</p>}
        <ul className="files">
          {files.map(({ file, who, at }) => (
            <li key={file.id}>
              <FileLink file={file} picture={!head.confidential}>
                {" · "}
                <Bidi>{t(who)}</Bidi>
                {" · "}
                <Moment at={at} />
              </FileLink>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
