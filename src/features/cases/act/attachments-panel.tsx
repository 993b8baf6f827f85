/** All files of a case in one place: who sent them, when, and what they are. */

import React from "react";
import { Link } from "react-router-dom";
import type { CasePageView } from "../../../engine/lifecycle/views/case-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Bidi, Moment, Panel, useText } from "../../../platform/ui/kit.js";
import { FileLink } from "../../files/file-pieces.js";
import { caseAddress } from "../page/case-address.js";

export function AttachmentsPanel({ files, head, linked }: Pick<CasePageView, "files" | "head" | "linked">) {
  const { t } = useText();
  const others = linked.filter((one) => one.files.length > 0);
  if (files.length === 0 && others.length === 0) return null;
  return (
    <Panel title={msg("cases-act.attachmentsPanel.files")}>
      <div className="stack-small">
        {head.confidential && <p className="small muted">{t(msg("cases-act.attachmentsPanel.recorded"))}</p>}
        {files.length > 0 && (
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
        )}
        {others.map((one) => (
          <section key={one.reference} className="stack-small">
            <h3 className="small">
              {t(
                one.as === "original"
                  ? msg("cases-act.attachmentsPanel.original")
                  : msg("cases-act.attachmentsPanel.duplicate"),
              )}{" "}
              <Link to={caseAddress(one.reference)}>
                <Bidi ltr>{one.reference}</Bidi>
              </Link>
            </h3>
            <ul className="files">
              {one.files.map((file) => (
                <li key={file.id}>
                  <FileLink file={file} picture={!one.confidential} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Panel>
  );
}
