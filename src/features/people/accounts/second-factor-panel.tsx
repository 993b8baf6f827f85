/** The second step of signing in: set up, recovery codes, taken away. */
import React, { type ReactNode, useState } from "react";
import {
  Badge,
  Button,
  Dialog,
  faultAt,
  Moment,
  NoticeBox,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  send,
  TextField,
  toast,
  useText,
  type Words,
} from "../../../platform/ui/kit.js";
import type { BegunFactor } from "./account.page.js";
import type { SecondFactorStatus } from "./accounts.js";

const recoveryCodesWords = {
  title: { en: "Keep these recovery codes", ar: "احتفظ برموز الاسترداد" },
  lead: {
    en: "Each opens your account once when your telephone is not there. They are shown only now: print them or write them down, and keep them apart from the telephone.",
    ar: "يفتح كل رمز حسابك مرة واحدة إن لم يكن هاتفك معك. تُعرض الآن فقط: اطبعها أو دوّنها واحفظها بعيدًا عن الهاتف.",
  },
  print: { en: "Print", ar: "طباعة" },
  done: { en: "I have kept them", ar: "حفظتها" },
};

/** Recovery codes, shown once. */
function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useText();
  return (
    <Dialog title={recoveryCodesWords.title} onClose={onClose}>
      <div className="stack">
        <p>{t(recoveryCodesWords.lead)}</p>
        <ul className="account-codes ltr" dir="ltr">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <div className="form-actions">
          <Button kind="primary" onClick={onClose}>
            {t(recoveryCodesWords.done)}
          </Button>
          <Button icon="copy" onClick={() => window.print()}>
            {t(recoveryCodesWords.print)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

const codeFormWords = {
  code: { en: "Code", ar: "الرمز" },
  password: { en: "Current password", ar: "كلمة المرور الحالية" },
  cancel: { en: "Cancel", ar: "إلغاء" },
};

/** What is asked for, and where the server says that it is wrong. */
const fields = {
  code: { label: codeFormWords.code, autoComplete: "one-time-code", maxLength: 40, at: "/code" },
  password: {
    label: codeFormWords.password,
    type: "password",
    autoComplete: "current-password",
    maxLength: 200,
    at: "/current",
  },
} as const;

interface CodeFormProps {
  /** Left out: a code. */
  readonly asks?: "code" | "password";
  readonly action: Words;
  readonly kind?: "primary" | "danger";
  /** Rejects with a refusal, which is shown here. */
  readonly onCode: (code: string) => Promise<void>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks for a code, or for the password, before something about signing in changes. */
function CodeForm({ asks = "code", action, kind = "primary", onCode, onClose, children }: CodeFormProps) {
  const { t } = useText();
  const { at, ...asked } = fields[asks];
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await onCode(code);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      {children}
      {problem !== null && problem.faults.length === 0 && <ProblemBox problem={problem} />}
      <TextField {...asked} dir="ltr" size={24} value={code} onChange={setCode} fault={faultAt(problem, at)} />
      <div className="form-actions">
        <Button type="submit" kind={kind} busy={busy}>
          {t(action)}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t(codeFormWords.cancel)}
        </Button>
      </div>
    </form>
  );
}

const words = {
  title: { en: "Second step of signing in", ar: "التحقق بخطوتين" },
  what: {
    en: "With it, signing in needs a code from your telephone besides the password.",
    ar: "عند تفعيله يتطلب الدخول رمزًا من هاتفك إضافة إلى كلمة المرور.",
  },
  on: { en: "In use", ar: "مفعّل" },
  off: { en: "Not in use", ar: "غير مفعّل" },
  since: { en: "since", ar: "منذ" },
  required: { en: "Your role needs it.", ar: "دورك يتطلبه." },
  left: { en: "Recovery codes left: {n}", ar: "رموز الاسترداد المتبقية: {n}" },
  few: {
    en: "Few recovery codes are left. Make new ones before your telephone is lost.",
    ar: "لم يبق إلا القليل من رموز الاسترداد. أنشئ رموزًا جديدة قبل أن تفقد هاتفك.",
  },
  setUp: { en: "Set up", ar: "تفعيل" },
  setUpLead: {
    en: "Show first that it is you. When it is set up, your other sessions end.",
    ar: "أثبت أولًا أنك صاحب الحساب. عند التفعيل تنتهي جلساتك الأخرى.",
  },
  next: { en: "Next", ar: "التالي" },
  scan: {
    en: "Scan this picture with an authenticator app on your telephone, then write the six digits that it shows.",
    ar: "امسح هذه الصورة بتطبيق مصادقة في هاتفك، ثم اكتب الأرقام الستة التي يعرضها.",
  },
  picture: { en: "QR code for the authenticator app", ar: "رمز QR لتطبيق المصادقة" },
  type: { en: "Or type this key into the app:", ar: "أو اكتب هذا المفتاح في التطبيق:" },
  confirm: { en: "Confirm", ar: "تأكيد" },
  renew: { en: "New recovery codes", ar: "رموز استرداد جديدة" },
  renewLead: {
    en: "The old recovery codes stop working. Write a code of the app.",
    ar: "تتوقف رموز الاسترداد القديمة عن العمل. اكتب رمزًا من التطبيق.",
  },
  remove: { en: "Take it away", ar: "إلغاء التفعيل" },
  removeLead: {
    en: "From then on the password alone opens your account. Write a code of the app or a recovery code.",
    ar: "بعد ذلك تكفي كلمة المرور وحدها لفتح حسابك. اكتب رمزًا من التطبيق أو رمز استرداد.",
  },
  removed: { en: "The second step is taken away.", ar: "أُلغي التحقق بخطوتين." },
};
const fewCodes = 3;
type Doing = "nothing" | "password" | "setUp" | "renew" | "remove";

export function SecondFactorPanel({ status, onChanged }: { status: SecondFactorStatus; onChanged: () => void }) {
  const { t } = useText();
  const [doing, setDoing] = useState<Doing>("nothing");
  const [begun, setBegun] = useState<BegunFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);

  const begin = async (current: string) => {
    setBegun(await send<BegunFactor>("pages/account", { do: "begin", current }));
    setDoing("setUp");
  };
  const stop = () => {
    setDoing("nothing");
    setBegun(null);
  };
  const withCodes = async (act: string, code: string) => {
    const answer = await send<{ codes: readonly string[] }>("pages/account", { do: act, code });
    setCodes(answer.codes);
    stop();
    onChanged();
  };
  const remove = async (code: string) => {
    await send("pages/account", { do: "remove", code });
    toast(words.removed);
    stop();
    onChanged();
  };

  return (
    <Panel title={words.title}>
      <div className="stack">
        <p>
          <Badge tone={status.on ? "done" : "neutral"}>{t(status.on ? words.on : words.off)}</Badge>{" "}
          {status.since && (
            <>
              {t(words.since)} <Moment at={status.since} />
            </>
          )}{" "}
          {status.required && t(words.required)}
        </p>
        <p>{t(words.what)}</p>
        {status.on && <p>{t(words.left, { n: status.recoveryCodesLeft })}</p>}
        {status.on && status.recoveryCodesLeft <= fewCodes && (
          <NoticeBox tone="warning">
            <p>{t(words.few)}</p>
          </NoticeBox>
        )}
        {doing === "password" && (
          <CodeForm asks="password" action={words.next} onCode={begin} onClose={stop}>
            <p>{t(words.setUpLead)}</p>
          </CodeForm>
        )}
        {doing === "setUp" && begun && (
          <CodeForm action={words.confirm} onCode={(code) => withCodes("confirm", code)} onClose={stop}>
            <p>{t(words.scan)}</p>
            <div
              className="account-qr"
              role="img"
              aria-label={t(words.picture)}
              // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by the server out of a number, typed by nobody
              dangerouslySetInnerHTML={{ __html: begun.picture }}
            />
            <p>
              {t(words.type)}{" "}
              <code className="ltr" dir="ltr">
                {begun.manual}
              </code>
            </p>
          </CodeForm>
        )}
        {doing === "renew" && (
          <CodeForm action={words.renew} onCode={(code) => withCodes("renew", code)} onClose={stop}>
            <p>{t(words.renewLead)}</p>
          </CodeForm>
        )}
        {doing === "remove" && (
          <CodeForm action={words.remove} kind="danger" onCode={remove} onClose={stop}>
            <p>{t(words.removeLead)}</p>
          </CodeForm>
        )}
        {doing === "nothing" && (
          <div className="form-actions">
            {!status.on && <Button onClick={() => setDoing("password")}>{t(words.setUp)}</Button>}
            {status.on && <Button onClick={() => setDoing("renew")}>{t(words.renew)}</Button>}
            {status.on && !status.required && (
              <Button kind="danger" onClick={() => setDoing("remove")}>
                {t(words.remove)}
              </Button>
            )}
          </div>
        )}
      </div>
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </Panel>
  );
}
