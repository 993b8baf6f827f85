/** A new password for the own account; the old one is asked for. */
import React, { useState } from "react";
import {
  Button,
  faultAt,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  send,
  TextField,
  toast,
  useText,
} from "../../../platform/ui/kit.js";

const words = {
  title: { en: "Password", ar: "كلمة المرور" },
  current: { en: "Current password", ar: "كلمة المرور الحالية" },
  next: { en: "New password", ar: "كلمة المرور الجديدة" },
  help: {
    en: "10 characters or more. A few words in a row are easy to keep in mind.",
    ar: "10 أحرف أو أكثر. يسهل تذكّر بضع كلمات متتالية.",
  },
  repeat: { en: "New password again", ar: "تأكيد كلمة المرور الجديدة" },
  differs: { en: "The two new passwords differ.", ar: "كلمتا المرور الجديدتان غير متطابقتين." },
  change: { en: "Change the password", ar: "تغيير كلمة المرور" },
  done: {
    en: "The password is changed. Your other sessions have ended.",
    ar: "تغيّرت كلمة المرور وانتهت جلساتك الأخرى.",
  },
};
const empty = { current: "", next: "", repeat: "" };
const most = 200;

export function PasswordForm({ email, onChanged }: { email: string; onChanged: () => void }) {
  const { t } = useText();
  const [typed, setTyped] = useState(empty);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [differs, setDiffers] = useState(false);
  const [busy, setBusy] = useState(false);
  const change = (name: keyof typeof empty) => (value: string) => setTyped({ ...typed, [name]: value });
  const save = async () => {
    setProblem(null);
    setDiffers(typed.next !== typed.repeat);
    if (typed.next !== typed.repeat) return;
    setBusy(true);
    try {
      await send("pages/account", { do: "password", current: typed.current, next: typed.next });
      setTyped(empty);
      toast(words.done);
      onChanged();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <Panel title={words.title}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void save();
        }}
      >
        {problem !== null && problem.faults.length === 0 && <ProblemBox problem={problem} />}
        {/* So that password managers know whose it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <TextField
          label={words.current}
          type="password"
          dir="ltr"
          autoComplete="current-password"
          maxLength={most}
          value={typed.current}
          onChange={change("current")}
          fault={faultAt(problem, "/current")}
        />
        <TextField
          label={words.next}
          help={words.help}
          type="password"
          dir="ltr"
          autoComplete="new-password"
          maxLength={most}
          value={typed.next}
          onChange={change("next")}
          fault={faultAt(problem, "/next")}
        />
        <TextField
          label={words.repeat}
          type="password"
          dir="ltr"
          autoComplete="new-password"
          maxLength={most}
          value={typed.repeat}
          onChange={change("repeat")}
          fault={differs ? words.differs : undefined}
        />
        <div>
          <Button type="submit" busy={busy}>
            {t(words.change)}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
