/** Asks for the code of a step's own letter, and opens it: it is there once something of it is written. */
import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { Button, Dialog, TextField, useText, withQuery } from "../../../platform/ui/kit.js";

const words = {
  title: { en: "A letter of one's own for a step", ar: "رسالة خاصة بخطوة من سلّم التصعيد" },
  code: { en: "Code of the letter", ar: "رمز الرسالة" },
  help: {
    en: "Begins with step-, then small Latin letters, digits and hyphens, like step-health. It stays for ever; the name can change.",
    ar: "يبدأ بـ step-‎ ثم أحرف لاتينية صغيرة وأرقام وشرطات، مثل step-health. يبقى الرمز ثابتًا، أما الاسم فيمكن تغييره.",
  },
  wrong: {
    en: "Begin with step- and use small Latin letters, digits and single hyphens, at most 60 characters.",
    ar: "ابدأ بـ step-‎ واستخدم أحرفًا لاتينية صغيرة وأرقامًا وشرطات مفردة، بما لا يزيد على 60 حرفًا.",
  },
  taken: { en: "There is such a letter already: open it instead.", ar: "توجد رسالة بهذا الرمز: افتحها بدلًا من ذلك." },
  open: { en: "Write it", ar: "كتابة الرسالة" },
};
const form = /^step-[a-z0-9]+(-[a-z0-9]+)*$/;

interface NewLetterProps {
  readonly programme: string;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

export function NewLetterDialog({ programme, taken, onClose }: NewLetterProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const [code, setCode] = useState("step-");
  const [fault, setFault] = useState<typeof words.wrong | null>(null);
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form
        className="stack-small"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const name = code.trim();
          if (!form.test(name) || name.length > 60) return setFault(words.wrong);
          if (taken.includes(name)) return setFault(words.taken);
          navigate(withQuery("/admin/pages/policy", { programme, kind: "message", name }));
          onClose();
        }}
      >
        <TextField
          name="letter-code"
          label={words.code}
          help={words.help}
          required
          dir="ltr"
          maxLength={60}
          value={code}
          onChange={setCode}
          fault={fault}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary">
            {t(words.open)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
