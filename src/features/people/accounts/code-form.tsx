/** Asks for a code, or for the password, before something about signing in changes. */
import React, { type ReactNode, useState } from "react";
import {
  Button,
  faultAt,
  type ProblemBody,
  ProblemBox,
  problemOf,
  TextField,
  useText,
  type Words,
} from "../../../platform/ui/kit.js";

const words = {
  code: { en: "Code", ar: "الرمز" },
  password: { en: "Current password", ar: "كلمة المرور الحالية" },
  cancel: { en: "Cancel", ar: "إلغاء" },
};

/** What is asked for, and where the server says that it is wrong. */
const fields = {
  code: { label: words.code, autoComplete: "one-time-code", maxLength: 40, at: "/code" },
  password: {
    label: words.password,
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

export function CodeForm({ asks = "code", action, kind = "primary", onCode, onClose, children }: CodeFormProps) {
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
          {t(words.cancel)}
        </Button>
      </div>
    </form>
  );
}
