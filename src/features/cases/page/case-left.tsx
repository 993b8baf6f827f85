/** In the place of a case that left the reach of whoever looks at it: what became of it, and the way on. Nothing of it is asked for any more. */
import React, { useEffect, useRef } from "react";
import { adminRoot, LinkButton, NoticeBox, Page, useText } from "../../../platform/ui/kit.js";

const words = {
  sent: { en: "The case went to another entity", ar: "انتقلت المعاملة إلى جهة أخرى" },
  sentHint: {
    en: "All that was written went with it, and its deadlines hold. It is no longer among the cases that you may see.",
    ar: "انتقل معها كل ما كُتب فيها وتبقى مواعيدها سارية، ولم تعد ضمن المعاملات التي يمكنك الاطلاع عليها.",
  },
  lost: { en: "You may no longer see this case", ar: "لم يعد بإمكانك الاطلاع على هذه المعاملة" },
  lostHint: {
    en: "Meanwhile it was given to others, or made confidential.",
    ar: "أُحيلت أثناء ذلك إلى غيرك أو أصبحت سرّية.",
  },
  unsent: { en: "What you were writing here was not sent.", ar: "ولم يُرسل ما كنت تكتبه هنا." },
  desk: { en: "Back to the desk", ar: "العودة إلى المكتب" },
  list: { en: "To the list of cases", ar: "إلى قائمة المعاملات" },
};

/** `sent`: by what this official did. Else others did it, perhaps while something was being written here. */
export type Left = { readonly by: "sent" } | { readonly by: "others"; readonly writing: boolean };

export function CaseLeft({ title, left }: { title: string; left: Left }) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  // Where the form was whose button had the focus; whoever works by keys goes on by Enter.
  useEffect(() => {
    place.current?.querySelector("a")?.focus();
  }, []);
  return (
    <Page title={title}>
      <div ref={place} className="case-left" role="status">
        <NoticeBox
          tone={left.by === "sent" ? "success" : "warning"}
          title={left.by === "sent" ? words.sent : words.lost}
          actions={
            <>
              <LinkButton to={adminRoot} kind="primary">
                {t(words.desk)}
              </LinkButton>
              <LinkButton to={`${adminRoot}/resources/cases`}>{t(words.list)}</LinkButton>
            </>
          }
        >
          <p>
            {t(left.by === "sent" ? words.sentHint : words.lostHint)}{" "}
            {left.by === "others" && left.writing && t(words.unsent)}
          </p>
        </NoticeBox>
      </div>
    </Page>
  );
}
