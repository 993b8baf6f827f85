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
  back: msg("notifications.messagePage.back"),
  letter: msg("notifications.messagePage.letter"),
  course: msg("notifications.messagePage.course"),
  state: msg("notifications.messagePage.state"),
  kind: msg("notifications.messagePage.kind"),
  wording: msg("notifications.messagePage.wording"),
  ships: msg("notifications.messagePage.ships"),
  test: msg("notifications.messagePage.test"),
  version: pattern("notifications.messagePage.version"),
  wordingFailed: msg("notifications.messagePage.wordingFailed"),
  lineFailed: msg("notifications.messagePage.lineFailed"),
  receiver: msg("notifications.messagePage.receiver"),
  applicant: msg("notifications.messagePage.applicant"),
  sender: msg("notifications.messagePage.sender"),
  case: msg("notifications.messagePage.case"),
  written: msg("notifications.messagePage.written"),
  sent: msg("notifications.messagePage.sent"),
  way: msg("notifications.messagePage.way"),
  ways: { email: msg("notifications.messagePage.byEmail"), sms: msg("notifications.messagePage.bySms") },
  delivered: msg("notifications.messagePage.delivered"),
  segments: msg("notifications.messagePage.segments"),
  attempts: msg("notifications.messagePage.attempts"),
  next: msg("notifications.messagePage.next"),
  copies: msg("notifications.messagePage.copies"),
  times: pattern("notifications.messagePage.times"),
  failed: msg("notifications.messagePage.failed"),
  held: msg("notifications.messagePage.held"),
  said: msg("notifications.messagePage.said"),
  again: msg("notifications.messagePage.again"),
  askAgain: msg("notifications.messagePage.askAgain"),
  askSent: msg("notifications.messagePage.askSent"),
  askFailed: msg("notifications.messagePage.askFailed"),
  queued: msg("notifications.messagePage.queued"),
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
          label: words.state,
          value: (
            <Badge tone={messageTones[String(values.state)] ?? "neutral"}>
              {t(choiceWords(view, "state", values.state))}
            </Badge>
          ),
        },
        { label: words.kind, value: t(choiceWords(view, "template", values.template)) },
        {
          label: words.wording,
          value:
            letter.test || letter.wording === null ? (
              t(letter.test ? words.test : words.ships)
            ) : (
              <Link to={wordingAddress(letter.wording)}>{t(words.version, { n: String(letter.wording.version) })}</Link>
            ),
        },
        {
          label: words.receiver,
          value: values.receiver === null ? t(words.applicant) : <bdi>{String(values.receiver)}</bdi>,
        },
        { label: words.way, value: t(words.ways[letter.way]) },
        letter.way === "email" && { label: words.sender, value: <bdi>{letter.from}</bdi> },
        reference !== null && {
          label: words.case,
          value: (
            <Link to={caseAddress(reference)}>
              <Bidi ltr>{reference}</Bidi>
            </Link>
          ),
        },
        { label: words.written, value: at("createdAt") },
        values.sentAt !== null && { label: words.sent, value: at("sentAt") },
        letter.deliveredAt !== null && { label: words.delivered, value: <Moment at={letter.deliveredAt} /> },
        letter.segments !== null && { label: words.segments, value: number(letter.segments) },
        { label: words.attempts, value: number(values.attempts as number) },
        values.state === "pending" &&
          values.nextAttemptAt !== null && { label: words.next, value: at("nextAttemptAt") },
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
  const back = { to: `${adminRoot}/resources/messages`, label: words.back };
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
    toast(done.queued ? words.queued : words.twice, done.queued ? "success" : "info");
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
      {letter.lineFailed && <NoticeBox tone="warning">{t(words.lineFailed)}</NoticeBox>}
      {said !== null && (
        <NoticeBox tone="warning" title={record.values.state === "held" ? words.held : words.failed}>
          {reason && <p>{t(reason)}</p>}
          <p className="small">
            {t(words.said)}
            <Bidi ltr>{said}</Bidi>
          </p>
        </NoticeBox>
      )}
      <div className="letter-columns">
        <Panel title={words.letter}>
          <LetterFrame {...letter} />
        </Panel>
        <Panel title={words.course}>
          <Course record={record} letter={letter} view={view} />
        </Panel>
      </div>
      {asking && (
        <Confirm title={words.askAgain} action={words.again} onClose={() => setAsking(false)} onConfirm={again}>
          <p>{t(record.values.state === "sent" ? words.askSent : words.askFailed)}</p>
        </Confirm>
      )}
    </Page>
  );
}
