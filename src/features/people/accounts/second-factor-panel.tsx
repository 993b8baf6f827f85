/** The second step of signing in: set up, recovery codes, taken away. */
import React, { useState } from "react";
import { Badge, Button, Moment, NoticeBox, Panel, send, toast, useText } from "../../../platform/ui/kit.js";
import type { BegunFactor } from "./account.page.js";
import type { SecondFactorStatus } from "./accounts.js";
import { CodeForm } from "./code-form.js";
import { RecoveryCodes } from "./recovery-codes.js";

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
