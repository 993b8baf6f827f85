/**
 * One line above every page: the server is out of reach, or what is in sight could not be read again and may be old. What was
 * typed stays where it is.
 */
import React, { useEffect, useState } from "react";
import { Button, Icon, type OldViews, reachedEvent, useOldViews, useText } from "../../platform/ui/kit.js";

const words = {
  away: {
    en: "The server cannot be reached at the moment. What you typed stays here; try again in a while.",
    ar: "تعذّر الوصول إلى الخادم حاليًا. ما كتبته باقٍ هنا؛ حاول مرة أخرى بعد قليل.",
  },
  old: {
    en: "What you see may be old: it could not be read again. What you typed stays.",
    ar: "قد يكون ما تراه قديمًا: تعذّرت قراءته من جديد. ما كتبته باقٍ.",
  },
  gone: {
    en: "What you see is no longer here, or you may no longer see it. What you typed stays.",
    ar: "ما تراه لم يعد موجودًا هنا، أو لم يعد بإمكانك الاطلاع عليه. ما كتبته باقٍ.",
  },
  again: { en: "Read again", ar: "القراءة من جديد" },
};

function useReached(): boolean {
  const [reached, setReached] = useState(navigator.onLine);
  useEffect(() => {
    const on = () => setReached(true);
    const off = () => setReached(false);
    const told = (event: Event) => setReached((event as CustomEvent<boolean>).detail);
    window.addEventListener("online", on);
    window.addEventListener("offline", off);
    window.addEventListener(reachedEvent, told);
    return () => {
      window.removeEventListener("online", on);
      window.removeEventListener("offline", off);
      window.removeEventListener(reachedEvent, told);
    };
  }, []);
  return reached;
}

function said(reached: boolean, { any, gone }: OldViews) {
  if (!reached) return words.away;
  if (gone) return words.gone;
  return any ? words.old : null;
}

export function Connection() {
  const { t } = useText();
  const views = useOldViews();
  const line = said(useReached(), views);
  const [busy, setBusy] = useState(false);
  const read = async () => {
    setBusy(true);
    await views.readAgain();
    setBusy(false);
  };
  return (
    <div role="status" className={line === null ? "unseen" : views.any ? "connection old-views" : "connection"}>
      {line !== null && (
        <>
          <Icon name="alert" size={18} />
          <span>{t(line)}</span>
          {views.any && !views.gone && (
            <Button small icon="refresh" busy={busy} onClick={() => void read()}>
              {t(words.again)}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
