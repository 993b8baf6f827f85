/** The keys that work, by where they do. */

import React from "react";
import { msg } from "../../engine/text/msg.js";
import { useText } from "../../platform/ui/kit.js";
import { type ShortcutPlace, shortcutsIn } from "../../platform/ui/shortcuts.js";

const places = {
  everywhere: msg("office.keyList.placesEverywhere"),
  desk: msg("office.keyList.placesDesk"),
  list: msg("office.keyList.placesList"),
  case: msg("office.keyList.placesCase"),
} as const satisfies Record<ShortcutPlace, unknown>;

const then = msg("office.keyList.then");

/**
 * @param first the place where one is: its keys stand before all others
 * @param level of the headings: the next below that of what the list is in
 */
export function KeyList({ first = "everywhere", level }: { first?: ShortcutPlace; level: 3 | 4 }) {
  const { t } = useText();
  const Heading = `h${level}` as const;
  const order = [...new Set([first, ...(Object.keys(places) as ShortcutPlace[])])];
  return (
    <div className="key-list">
      {order.map((place) => {
        const here = shortcutsIn(place);
        if (here.length === 0) return null;
        return (
          <section key={place}>
            <Heading>{t(places[place])}</Heading>
            <dl>
              {here.map(([name, { shown, words, together }]) => (
                <div key={name}>
                  <dt>
                    {shown.map((key, i) => (
                      <React.Fragment key={key}>
                        {i > 0 && <span className="muted"> {together ? "+" : t(then)} </span>}
                        <kbd dir="ltr">{key}</kbd>
                      </React.Fragment>
                    ))}
                  </dt>
                  <dd>{t(words)}</dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}
