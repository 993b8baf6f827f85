/** "My account": language, password, second step of signing in, sessions. */
import React, { useState } from "react";
import {
  Bidi,
  Button,
  Facts,
  Page,
  Panel,
  ProblemBox,
  problemOf,
  Select,
  Spinner,
  send,
  switchLanguage,
  toast,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import type { AccountView } from "./account.page.js";
import { PasswordForm } from "./password-form.js";
import { SecondFactorPanel } from "./second-factor-panel.js";
import { SessionsPanel } from "./sessions-panel.js";

const accountAddress = "pages/account";

const words = {
  title: { en: "My account", ar: "حسابي" },
  you: { en: "You", ar: "بياناتك" },
  name: { en: "Name", ar: "الاسم" },
  email: { en: "E-mail address", ar: "البريد الإلكتروني" },
  ask: {
    en: "Name and address are changed by the operation room.",
    ar: "تعدّل غرفة العمليات الاسم والبريد الإلكتروني.",
  },
  language: { en: "Language of your screens and letters", ar: "لغة الشاشات والرسائل" },
  arabic: { en: "العربية", ar: "العربية" },
  english: { en: "English", ar: "English" },
  save: { en: "Use this language", ar: "اعتماد هذه اللغة" },
  saved: { en: "Your screens and letters come in this language", ar: "ستصلك الشاشات والرسائل بهذه اللغة" },
};

function LanguageForm({ current }: { current: "ar" | "en" }) {
  const { t } = useText();
  const [language, setLanguage] = useState(current);
  const save = async () => {
    try {
      await send(accountAddress, { do: "language", language });
      switchLanguage(language);
      toast(words.saved, "success");
    } catch (error) {
      toast(problemOf(error).detail, "danger");
    }
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Select
        label={words.language}
        value={language}
        onChange={(value) => setLanguage(value === "en" ? "en" : "ar")}
        choices={[
          { value: "ar", label: words.arabic },
          { value: "en", label: words.english },
        ]}
      />
      <div>
        <Button type="submit">{t(words.save)}</Button>
      </div>
    </form>
  );
}

export function Account() {
  const { t } = useText();
  const { view, problem, reload } = useView<AccountView>(accountAddress);
  return (
    <Page title={words.title}>
      <ProblemBox problem={problem} />
      {view === null && problem === null && <Spinner />}
      {view && (
        <div className="stack account-page">
          <Panel title={words.you}>
            <div className="stack">
              <Facts
                rows={[
                  { label: words.name, value: <Bidi>{view.name}</Bidi> },
                  { label: words.email, value: <Bidi ltr>{view.email}</Bidi> },
                ]}
              />
              <p className="muted">{t(words.ask)}</p>
              <LanguageForm current={view.language} />
            </div>
          </Panel>
          <SecondFactorPanel status={view.secondFactor} onChanged={reload} />
          <PasswordForm email={view.email} onChanged={reload} />
          <SessionsPanel sessions={view.sessions} onChanged={reload} />
        </div>
      )}
    </Page>
  );
}
