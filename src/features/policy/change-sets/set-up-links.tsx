/** Where the set-up is changed, from a change-set: each of its forms can put what is typed there. */
import React from "react";
import { Link } from "react-router-dom";
import { boot, useText } from "../../../platform/ui/kit.js";

const words = {
  where: {
    en: "New or changed entities, services and the rest of the set-up come from their own pages, by “Into a change-set” at the end of each form:",
    ar: "تُضاف الجهات والخدمات وسائر الإعداد أو تُعدَّل من صفحاتها، ثم «إلى مجموعة تغييرات» في نهاية كل نموذج:",
  },
};

/** Only lists that the reader has. */
export function SetUpLinks() {
  const { t } = useText();
  const lists = (boot()?.navigation ?? []).flatMap(({ items }) => items.filter(({ collects }) => collects));
  return (
    <div className="muted">
      <p>{t(words.where)}</p>
      <ul className="set-up-links">
        {lists.map(({ href, label }) => (
          <li key={href}>
            <Link to={href}>{t(label)}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
