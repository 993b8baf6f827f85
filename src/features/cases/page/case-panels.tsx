/** The panels of a case: its applicant, what they were told, what else they sent, and what is about the same, asked for after the case. */

import React, { useState } from "react";
import { Link } from "react-router-dom";
import { messageStateNames } from "../../../engine/letters/message-states.js";
import type { RelatedCase, RelatedCases } from "../../../engine/lifecycle/related-cases.js";
import type { CasePageView, ToldMessage } from "../../../engine/lifecycle/views/case-view.js";
import type { PersonalData } from "../../../engine/text/mask-personal.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import {
  Badge,
  Bidi,
  Button,
  Facts,
  Moment,
  Panel,
  ProblemBox,
  Spinner,
  send,
  type Tone,
  useSending,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import { FileLink } from "../../files/file-pieces.js";
import { caseAddress } from "./case-address.js";
import { StateBadge } from "./case-words.js";
import type { ReadApplicant } from "./read-applicant.js";

/** All files of a case in one place: who sent them, when, and what they are. */
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

const applicantPanelWords = {
  title: msg("cases-page.applicantPanel.title"),
  anonymous: msg("cases-page.applicantPanel.anonymous"),
  show: msg("cases-page.applicantPanel.show"),
  shown: msg("cases-page.applicantPanel.shown"),
  name: msg("cases-page.applicantPanel.name"),
  nationalNumber: msg("cases-page.applicantPanel.nationalNumber"),
  phone: msg("cases-page.applicantPanel.phone"),
  email: msg("cases-page.applicantPanel.email"),
  emailProven: msg("cases-page.applicantPanel.emailProven"),
  phoneProven: msg("cases-page.applicantPanel.phoneProven"),
  links: pattern("cases-page.applicantPanel.links"),
  endLinks: msg("cases-page.applicantPanel.endLinks"),
};

/** Links in messages that open the case, and the way to end them: an address may turn out to be somebody else's. */
function OpenLinks(a: { reference: string; count: number; mayEnd: boolean; onEnded: () => void }) {
  const { t } = useText();
  const sending = useSending();
  const end = async () => {
    await send<RecordAnswer>(`resources/cases/records/${a.reference}/endLinks`);
    a.onEnded();
  };
  return (
    <div className="stack-small">
      <p className="small">{t(applicantPanelWords.links, { n: a.count })}</p>
      <ProblemBox problem={sending.problem} />
      {a.mayEnd && (
        <div>
          <Button small busy={sending.busy} onClick={() => void sending.run(end)}>
            {t(applicantPanelWords.endLinks)}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Who sent it: masked until somebody asks, and each look is on record. */
export function ApplicantPanel(a: {
  reference: string;
  view: Pick<CasePageView, "applicant" | "mayUnmask" | "proven" | "openLinks" | "mayEndLinks">;
  onShown: () => void;
}) {
  const { t } = useText();
  const [whole, setWhole] = useState<PersonalData | null>(null);
  const sending = useSending();
  const data = whole ?? a.view.applicant;
  const show = async () => {
    const answer = await send<RecordAnswer>(`resources/cases/records/${a.reference}/unmask`);
    setWhole((answer.view as ReadApplicant).applicant);
    a.onShown();
  };
  return (
    <Panel title={applicantPanelWords.title}>
      <div className="stack-small">
        {data === null ? (
          <p className="muted">{t(applicantPanelWords.anonymous)}</p>
        ) : (
          <Facts
            rows={(["name", "nationalNumber", "phone", "email"] as const).map((key) =>
              data[key] === null
                ? null
                : { label: applicantPanelWords[key], value: <Bidi ltr={key !== "name"}>{data[key]}</Bidi> },
            )}
          />
        )}
        {a.view.proven.includes("email") && <p className="small muted">{t(applicantPanelWords.emailProven)}</p>}
        {a.view.proven.includes("sms") && <p className="small muted">{t(applicantPanelWords.phoneProven)}</p>}
        {a.view.openLinks > 0 && (
          <OpenLinks reference={a.reference} count={a.view.openLinks} mayEnd={a.view.mayEndLinks} onEnded={a.onShown} />
        )}
        <ProblemBox problem={sending.problem} />
        {whole !== null && <p className="small muted">{t(applicantPanelWords.shown)}</p>}
        {whole === null && a.view.mayUnmask && (
          <div>
            <Button small icon="eye" busy={sending.busy} onClick={() => void sending.run(show)}>
              {t(applicantPanelWords.show)}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

const toldPanelWords = {
  title: msg("cases-page.toldPanel.title"),
  none: msg("cases-page.toldPanel.none"),
  noWay: msg("cases-page.toldPanel.noWay"),
  email: msg("cases-page.toldPanel.email"),
  sms: msg("cases-page.toldPanel.sms"),
};

const stateWords = { ...messageStateNames, delivered: msg("cases-page.toldPanel.delivered") } as const;

const tones: Readonly<Partial<Record<ToldMessage["state"], Tone>>> = {
  delivered: "done",
  sent: "done",
  failed: "late",
  held: "near",
  pending: "waiting",
};

/** What reached the applicant, and by which way. */
export function ToldPanel({ told, reachable }: { told: readonly ToldMessage[]; reachable: boolean }) {
  const { t } = useText();
  return (
    <Panel title={toldPanelWords.title}>
      <div className="stack-small">
        {!reachable && <p className="small">{t(toldPanelWords.noWay)}</p>}
        {told.length === 0 && <p className="muted">{t(toldPanelWords.none)}</p>}
        {told.length > 0 && (
          <ul className="plain-list stack-small">
            {told.map((one) => (
              <li key={one.id}>
                <div>{t(one.what)}</div>
                <div className="small">
                  <Badge tone={tones[one.state] ?? "neutral"}>{t(stateWords[one.state])}</Badge>{" "}
                  {t(toldPanelWords[one.way])} · <Moment at={one.at} />
                </div>
                {one.why !== null && <div className="small muted">{t(one.why)}</div>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

const words = {
  number: pattern("cases-page.relatedPanels.number"),
  numberMore: pattern("cases-page.relatedPanels.numberMore"),
  similar: msg("cases-page.relatedPanels.similar"),
  share: pattern("cases-page.relatedPanels.share"),
  both: pattern("cases-page.relatedPanels.both"),
  comma: msg("cases-page.relatedPanels.comma"),
};

function Line({ one }: { one: RelatedCase }) {
  return (
    <>
      <Link to={caseAddress(one.reference)}>
        <Bidi>{one.subject}</Bidi>
      </Link>
      <span className="related-line small muted">
        <Bidi ltr>{one.reference}</Bidi>
        <Moment at={one.receivedAt} dayOnly />
        <StateBadge state={one.state} />
      </span>
    </>
  );
}

/** @param onLink opens the form that links this case to another; null where that is not theirs to do now */
export function RelatedPanels({
  reference,
  onLink,
}: {
  reference: string;
  onLink: ((duplicateOf: string) => void) | null;
}) {
  const { t, percent } = useText();
  const { view: answer, problem } = useView<RecordAnswer>(`resources/cases/records/${reference}/related`);
  const view = answer?.view as RelatedCases | undefined;
  if (view === undefined) {
    return <Panel title={words.similar}>{problem ? <ProblemBox problem={problem} /> : <Spinner />}</Panel>;
  }
  const { earlier, similar } = view;
  return (
    <>
      {earlier !== null && (
        <Panel title={msg("cases-page.relatedPanels.earlier")}>
          {earlier.total === 0 ? (
            <p className="muted">{t(msg("cases-page.relatedPanels.noEarlier"))}</p>
          ) : (
            <div className="stack-small">
              <p className="small muted">{t(earlier.more ? words.numberMore : words.number, { n: earlier.total })}</p>
              <ul className="related-list">
                {earlier.cases.map((one) => (
                  <li key={one.reference}>
                    <Line one={one} />
                  </li>
                ))}
              </ul>
            </div>
          )}
        </Panel>
      )}
      <Panel title={words.similar}>
        {similar.length === 0 ? (
          <p className="muted">{t(msg("cases-page.relatedPanels.noSimilar"))}</p>
        ) : (
          <ul className="related-list">
            {similar.map((one) => (
              <li key={one.reference}>
                <Line one={one} />
                {one.words.length > 0 && (
                  <span className="small">
                    {t(words.both, { words: one.words.map((word) => `⁨${word}⁩`).join(t(words.comma)) })}
                  </span>
                )}
                <span className="related-line">
                  {one.likely && (
                    <Badge icon="copy" tone="near">
                      {t(msg("cases-page.relatedPanels.likely"))}
                    </Badge>
                  )}
                  <span className="small muted">{t(words.share, { share: percent(one.share) })}</span>
                  {onLink !== null && (
                    <Button small kind="quiet" onClick={() => onLink(one.reference)}>
                      {t(msg("cases-page.relatedPanels.link"))} <span className="unseen">{one.reference}</span>
                    </Button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}
