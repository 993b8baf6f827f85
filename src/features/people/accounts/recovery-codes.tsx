/** Recovery codes, shown once. */
import React from "react";
import { Button, Dialog, useText } from "../../../platform/ui/kit.js";

const words = {
  title: { en: "Keep these recovery codes", ar: "احتفظ برموز الاسترداد" },
  lead: {
    en: "Each opens your account once when your telephone is not there. They are shown only now: print them or write them down, and keep them apart from the telephone.",
    ar: "يفتح كل رمز حسابك مرة واحدة إن لم يكن هاتفك معك. تُعرض الآن فقط: اطبعها أو دوّنها واحفظها بعيدًا عن الهاتف.",
  },
  print: { en: "Print", ar: "طباعة" },
  done: { en: "I have kept them", ar: "حفظتها" },
};

export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useText();
  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className="stack">
        <p>{t(words.lead)}</p>
        <ul className="account-codes ltr" dir="ltr">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <div className="form-actions">
          <Button kind="primary" onClick={onClose}>
            {t(words.done)}
          </Button>
          <Button icon="copy" onClick={() => window.print()}>
            {t(words.print)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
