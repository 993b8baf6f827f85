/** One letter: how it looks, how it fared, and sending it again. */

import React, { useState } from "react";
import { Link } from "react-router-dom";
import { ownMailboxWords } from "../../engine/letters/message-states.js";
import { msg, pattern } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { RecordAnswer, RecordView } from "../../platform/admin/resource-view.js";
import { caseAddress } from "../../platform/ui/home-pieces.js";
import {
  adminRoot,
  Badge,
  Bidi,
  Button,
  Confirm,
  Facts,
  LetterFrame,
  Moment,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  type ScreenProps,
  Spinner,
  send,
  toast,
  useText,
  useView,
  withQuery,
} from "../../platform/ui/kit.js";
import { choiceWords, messageTones } from "./message-list.js";
import type { LetterView } from "./messages.resource.js";

const words = {
  version: pattern("notifications.messagePage.version"),
  wordingFailed: msg("notifications.messagePage.wordingFailed"),
  applicant: msg("notifications.messagePage.applicant"),
  delivered: msg("notifications.messagePage.delivered"),
  segments: msg("notifications.messagePage.segments"),
  copies: msg("notifications.messagePage.copies"),
  times: pattern("notifications.messagePage.times"),
  failed: msg("notifications.messagePage.failed"),
  held: msg("notifications.messagePage.held"),
  again: msg("notifications.messagePage.again"),
  askAgain: msg("notifications.messagePage.askAgain"),
  askFailed: msg("notifications.messagePage.askFailed"),
  twice: msg("notifications.messagePage.twice"),
};

const wordingAddress = ({ name, programme, id }: NonNullable<LetterView["wording"]>): string =>
  withQuery(`${adminRoot}/pages/policy`, {
    programme,
    kind: name.startsWith("digest-") ? "digest" : "message",
    name,
    version: id,
  });

function Course({
  record,
  letter,
  view,
}: { record: RecordView; letter: LetterView } & Pick<ScreenProps["resource"], "view">) {
  const { t, number } = useText();
  const { values } = record;
  const at = (name: string) => (values[name] === null ? null : <Moment at={values[name] as string} />);
  const reference = values.reference as string | null;
  return (
    <Facts
      rows={[
        {
          label: msg("notifications.messagePage.state"),
          value: (
            <Badge tone={messageTones[String(values.state)] ?? "neutral"}>
              {t(choiceWords(view, "state", values.state))}
            </Badge>
          ),
        },
        { label: msg("notifications.messagePage.kind"), value: t(choiceWords(view, "template", values.template)) },
        {
          label: msg("notifications.messagePage.wording"),
          value:
            letter.test || letter.wording === null ? (
              t(letter.test ? msg("notifications.messagePage.test") : msg("notifications.messagePage.ships"))
            ) : (
              <Link to={wordingAddress(letter.wording)}>{t(words.version, { n: String(letter.wording.version) })}</Link>
            ),
        },
        {
          label: msg("notifications.messagePage.receiver"),
          value: values.receiver === null ? t(words.applicant) : <bdi>{String(values.receiver)}</bdi>,
        },
        { label: msg("notifications.messagePage.way"), value: t(choiceWords(view, "way", letter.way)) },
        letter.way === "email" && { label: msg("notifications.messagePage.sender"), value: <bdi>{letter.from}</bdi> },
        reference !== null && {
          label: msg("notifications.messagePage.case"),
          value: (
            <Link to={caseAddress(reference)}>
              <Bidi ltr>{reference}</Bidi>
            </Link>
          ),
        },
        { label: msg("notifications.messagePage.written"), value: at("createdAt") },
        values.sentAt !== null && { label: msg("notifications.messagePage.sent"), value: at("sentAt") },
        letter.deliveredAt !== null && { label: words.delivered, value: <Moment at={letter.deliveredAt} /> },
        letter.segments !== null && { label: words.segments, value: number(letter.segments) },
        { label: msg("notifications.messagePage.attempts"), value: number(values.attempts as number) },
        values.state === "pending" &&
          values.nextAttemptAt !== null && { label: msg("notifications.messagePage.next"), value: at("nextAttemptAt") },
        letter.copies > 0 && { label: words.copies, value: t(words.times, { n: letter.copies }) },
      ]}
    />
  );
}

export function MessagePage({ resource: { view }, recordId }: ScreenProps) {
  const { t } = useText();
  const address = `resources/messages/records/${recordId}/letter`;
  const { view: answer, problem, reload } = useView<RecordAnswer>(address, { worded: true });
  const [asking, setAsking] = useState(false);
  const record = answer?.record;
  const letter = answer?.view as LetterView | undefined;
  const back = { to: `${adminRoot}/resources/messages`, label: msg("notifications.messagePage.back") };
  if (!record || !letter) {
    return (
      <Page title={view.one} back={back}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  }
  const reason = record.values.reason as Bilingual | null;
  const said = record.values.lastError as string | null;
  // A text message has no subject: its words stand below, once.
  const title = letter.sms === null ? letter.subject : choiceWords(view, "template", record.values.template);
  const again = async () => {
    const { view: done } = await send<{ view: { id: number; queued: boolean } }>(
      `resources/messages/records/${recordId}/resend`,
      { copies: letter.copies },
    );
    toast(done.queued ? msg("notifications.messagePage.queued") : words.twice, done.queued ? "success" : "info");
    setAsking(false);
    reload();
  };
  return (
    <Page
      title={title}
      heading={<Bidi>{t(title)}</Bidi>}
      back={back}
      wide
      actions={
        letter.mayResend && (
          <Button kind="primary" icon="send" why={letter.refusal} onClick={() => setAsking(true)}>
            {t(words.again)}
          </Button>
        )
      }
    >
      {letter.mayResend && letter.refusal && <NoticeBox>{t(letter.refusal)}</NoticeBox>}
      {letter.ownMailbox && <NoticeBox>{t(ownMailboxWords)}</NoticeBox>}
      {letter.wordingFailed && <NoticeBox tone="warning">{t(words.wordingFailed)}</NoticeBox>}
      {letter.lineFailed && <NoticeBox tone="warning">{t(msg("notifications.messagePage.lineFailed"))}</NoticeBox>}
      {said !== null && (
        <NoticeBox tone="warning" title={record.values.state === "held" ? words.held : words.failed}>
          {reason && <p>{t(reason)}</p>}
          {letter.advice && <p>{t(letter.advice)}</p>}
          <p className="small">
            {t(msg("notifications.messagePage.said"))}
            <Bidi ltr>{said}</Bidi>
          </p>
        </NoticeBox>
      )}
      <div className="letter-columns">
        <Panel
          title={letter.sms === null ? msg("notifications.messagePage.letter") : msg("notifications.messagePage.sms")}
        >
          <LetterFrame {...letter} />
        </Panel>
        <Panel title={msg("notifications.messagePage.course")}>
          <Course record={record} letter={letter} view={view} />
        </Panel>
      </div>
      {asking && (
        <Confirm title={words.askAgain} action={words.again} onClose={() => setAsking(false)} onConfirm={again}>
          <p>{t(record.values.state === "sent" ? msg("notifications.messagePage.askSent") : words.askFailed)}</p>
        </Confirm>
      )}
    </Page>
  );
}
