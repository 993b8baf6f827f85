/** The session has ended while somebody worked: nothing typed is thrown away. */
import React, { useEffect, useState } from "react";
import { Button, Dialog, signedOutEvent, useText } from "../../platform/ui/kit.js";
import { signInAddress } from "./addresses.js";

const words = {
  title: { en: "Your session has ended", ar: "انتهت جلستك" },
  hint: {
    en: "What you typed is still on this page. Sign in again in a new tab, come back here, then try again.",
    ar: "ما كتبته لا يزال في هذه الصفحة. سجّل الدخول مجددًا في علامة تبويب جديدة، ثم عُد إلى هنا وحاول مرة أخرى.",
  },
  signIn: { en: "Sign in in a new tab", ar: "تسجيل الدخول في علامة تبويب جديدة" },
  back: { en: "I have signed in", ar: "سجّلت الدخول" },
};

export function SignedOut() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const show = () => setOpen(true);
    window.addEventListener(signedOutEvent, show);
    return () => window.removeEventListener(signedOutEvent, show);
  }, []);
  if (!open) return null;
  return (
    <Dialog title={words.title} onClose={() => setOpen(false)}>
      <p>{t(words.hint)}</p>
      <div className="form-actions">
        <a className="button button-primary" href={signInAddress} target="_blank" rel="noreferrer">
          <span>{t(words.signIn)}</span>
        </a>
        <Button onClick={() => setOpen(false)}>{t(words.back)}</Button>
      </div>
    </Dialog>
  );
}
