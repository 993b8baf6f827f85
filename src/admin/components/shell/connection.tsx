/** Says when the server is out of reach; what was typed stays where it is. */
import React, { useEffect, useState } from "react";
import { Icon, reachedEvent, useText } from "../kit/kit.js";

const words = {
  away: {
    en: "The server cannot be reached at the moment. What you typed stays here; try again in a while.",
    ar: "تعذّر الوصول إلى الخادم حاليًا. ما كتبته باقٍ هنا؛ حاول مرة أخرى بعد قليل.",
  },
};

export function Connection() {
  const { t } = useText();
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
  return (
    <div role="status" className={reached ? "unseen" : "connection"}>
      {!reached && (
        <>
          <Icon name="alert" size={18} />
          <span>{t(words.away)}</span>
        </>
      )}
    </div>
  );
}
