/** The keys that work, by where they do. */

import React from "react";
import { msg } from "../../engine/text/msg.js";
import { useText } from "../../platform/ui/kit.js";
import { type ShortcutPlace, shortcutsIn, worksNow } from "../../platform/ui/shortcuts.js";

const places = {
  everywhere: msg("office.keyList.placesEverywhere"),
  desk: msg("office.keyList.placesDesk"),
  list: msg("office.keyList.placesList"),
  news: msg("office.keyList.placesNews"),
  case: msg("office.keyList.placesCase"),
} as const satisfies Record<ShortcutPlace, unknown>;

/**
 * @param here the place where one is: only keys that work there now, before those that work everywhere; left out: all there are
 * @param level of the headings: the next below that of what the list is in
 */
export function KeyList({ here, level }: { here?: ShortcutPlace | "elsewhere"; level: 3 | 4 }) {
  const { t } = useText();
  const Heading = `h${level}` as const;
  const all = Object.keys(places) as ShortcutPlace[];
  const listed = here === undefined ? all : all.filter((place) => place === here).concat("everywhere");
  return (
    <div className="key-list">
      {listed.map((place) => {
        const keys = shortcutsIn(place).filter(([name]) => here === undefined || worksNow(name));
        if (keys.length === 0) return null;
        return (
          <section key={place}>
            <Heading>{t(places[place])}</Heading>
            <dl>
              {keys.map(([name, { shown, words, together }]) => (
                <div key={name}>
                  <dt>
                    {shown.map((key, i) => (
                      <React.Fragment key={key}>
                        {i > 0 && <span className="muted"> {together ? "+" : t(msg("office.keyList.then"))} </span>}
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
