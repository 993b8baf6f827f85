/** One letter: how it looks, how it fared, and sending it again. */
import React, { useState } from "react";
import { Link } from "react-router-dom";
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
  back: { en: "Messages", ar: "الرسائل" },
  letter: { en: "The letter", ar: "الرسالة" },
  course: { en: "How it fared", ar: "مسار الرسالة" },
  state: { en: "State", ar: "الحالة" },
  kind: { en: "Letter", ar: "نوع الرسالة" },
  wording: { en: "Text", ar: "النص" },
  ships: { en: "As it ships", ar: "النص الأصلي" },
  test: { en: "A draft that the receiver tried", ar: "مسودة جرّبها المستلم" },
  version: { en: "The programme's own, version {n}", ar: "نص البرنامج، النسخة {n}" },
  wordingFailed: {
    en: "The programme's own text could not be filled in; the letter reads as it ships.",
    ar: "تعذّر ملء نص البرنامج، فظهرت الرسالة بنصها الأصلي.",
  },
  receiver: { en: "Receiver", ar: "المستلم" },
  applicant: { en: "The applicant of the case", ar: "مقدم طلب المعاملة" },
  sender: { en: "Sender", ar: "المرسل" },
  case: { en: "Case", ar: "المعاملة" },
  written: { en: "Written", ar: "كُتبت" },
  sent: { en: "Sent", ar: "أُرسلت" },
  attempts: { en: "Attempts", ar: "المحاولات" },
  next: { en: "Next attempt", ar: "المحاولة التالية" },
  copies: { en: "Sent again on purpose", ar: "أعيد إرسالها عمدًا" },
  times: { en: "{n} times", ar: "عدد المرات: {n}" },
  failed: { en: "It could not be delivered", ar: "تعذّر تسليم الرسالة" },
  held: { en: "It was not sent", ar: "لم تُرسل الرسالة" },
  said: { en: "What was said: ", ar: "ما ورد: " },
  again: { en: "Send again", ar: "إعادة الإرسال" },
  askAgain: { en: "Send this letter again?", ar: "هل تريد إعادة إرسال هذه الرسالة؟" },
  askSent: {
    en: "It was delivered already. The receiver gets a second letter with the same words.",
    ar: "سبق تسليمها. سيصل المستلمَ خطابٌ ثانٍ بالنص نفسه.",
  },
  askFailed: {
    en: "It goes out with the next delivery, in less than a minute.",
    ar: "ستُرسل مع الدفعة التالية خلال أقل من دقيقة.",
  },
  queued: { en: "The letter is on its way.", ar: "الرسالة قيد الإرسال." },
  twice: { en: "It had been asked for already; nothing was added.", ar: "سبق طلب ذلك، ولم يُضف شيء." },
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
        { label: words.sender, value: <bdi>{letter.from}</bdi> },
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
        { label: words.attempts, value: number(values.attempts as number) },
        values.state === "pending" &&
          values.nextAttemptAt !== null && { label: words.next, value: at("nextAttemptAt") },
        letter.copies > 0 && { label: words.copies, value: t(words.times, { n: number(letter.copies) }) },
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
      title={letter.subject}
      heading={<Bidi>{letter.subject}</Bidi>}
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
      {letter.wordingFailed && <NoticeBox tone="warning">{t(words.wordingFailed)}</NoticeBox>}
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
