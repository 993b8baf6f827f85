/** What a template left to be filled in and is still empty: named under the form, and asked about before it is sent. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Bidi, Button, fieldId, NoticeBox, useText } from "../../../platform/ui/kit.js";
import type { EmptyPlace } from "./empty-places.js";

const words = {
  open: msg("cases-act.emptyPlacesNotice.open"),
  bare: pattern("cases-act.emptyPlacesNotice.bare"),
};

/** Goes to where somebody writes on. */
export function goToPlace(field: string, { at }: Pick<EmptyPlace, "at">): void {
  const area = document.getElementById(fieldId(field));
  if (!(area instanceof HTMLTextAreaElement)) return;
  area.focus();
  area.setSelectionRange(at, at);
}

export function EmptyPlacesNotice({
  places,
  asked,
}: {
  places: readonly (EmptyPlace & { readonly field: string })[];
  /** It was about to be sent like this. */
  asked: boolean;
}) {
  const { t } = useText();
  if (places.length === 0) return null;
  const list = (
    <ul className="empty-places" aria-label={t(words.open)}>
      {places.map((place) => (
        <li key={`${place.field} ${place.line}`}>
          <Button small kind="quiet" onClick={() => goToPlace(place.field, place)}>
            {place.label === "" ? t(words.bare, { n: place.line }) : <Bidi>{place.label}</Bidi>}
          </Button>
        </li>
      ))}
    </ul>
  );
  if (asked) {
    return (
      <div role="alert">
        <NoticeBox tone="warning" title={msg("cases-act.emptyPlacesNotice.asked")}>
          <p>{t(msg("cases-act.emptyPlacesNotice.ask"))}</p>
          {list}
        </NoticeBox>
      </div>
    );
  }
  return (
    <div className="empty-places-line">
      <span className="small muted">{t(words.open)}</span>
      {list}
    </div>
  );
}
