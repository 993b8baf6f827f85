/** Satisfaction by web and by telephone in the page's period, and the way to what the contact centre did. */

import React from "react";
import type { FiguresView } from "../../../engine/measures/figures-view.js";
import { msg } from "../../../engine/text/msg.js";
import { adminRoot, LinkButton, reaches, useText, useView, withQuery } from "../../../platform/ui/kit.js";
import type { ContactFiguresView } from "../../contact-centre/figures/contact-figures.service.js";
import { RatingsByWayPanel } from "../../contact-centre/figures/ratings-by-way.js";

const address = `${adminRoot}/pages/contact-figures`;

/** Of a whole programme, for who reads the figures of its contact centre; nothing for all others. */
export function ContactPanel({ view }: { view: FiguresView }) {
  const { t } = useText();
  const { scope, within, period, programme } = view;
  const isShown = reaches(address) && scope.kind === "programme" && within === null;
  const asked = withQuery("pages/contact-figures", { programme: programme.code, from: period.from, to: period.to });
  const { view: contact } = useView<ContactFiguresView>(isShown ? asked : null);
  if (contact === null || contact.ratings.length === 0) return null;
  return (
    <RatingsByWayPanel
      ratings={contact.ratings}
      actions={
        <LinkButton small icon="phone" to={withQuery(address, { programme: programme.code })}>
          {t(msg("contact-centre.contactFigures.title"))}
        </LinkButton>
      }
    />
  );
}
