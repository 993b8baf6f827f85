/** What screens show of alerts. */

import type { DayLength } from "../formatting/durations.js";
import type { Bilingual } from "../text/text.js";
import type { AlertCondition } from "./alert-condition.js";

/** The figure with which an event began, in the unit of its key figure; null: there is none. */
interface AlertFigure {
  readonly figure: number | null;
  /** The parts of a share. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** The figure of the period before. */
  readonly before: number | null;
}

/** When an alert came. */
export interface ShownEvent {
  /** First days of the periods: the first in a row, the one with which they were enough, the one that ended it (null: it goes on). */
  readonly since: string;
  readonly began: string;
  readonly beganTo: string;
  readonly ended: string | null;
  readonly said: AlertFigure;
}

export interface ShownAlert {
  readonly condition: AlertCondition;
  readonly sentence: Bilingual;
  readonly place: Bilingual;
  readonly programme: string;
  readonly scope: string;
  readonly day: DayLength;
  /** The newest first. */
  readonly events: readonly ShownEvent[];
  /** First day since when it holds now, also where it held before it was set up; null: it does not hold. */
  readonly holdsSince: string | null;
}

export interface OwnAlertView extends ShownAlert {
  readonly id: number;
  /** None of the positions that they hold now reads these figures: nothing is judged. */
  readonly asleep: boolean;
}

export interface FigureAlertsView {
  readonly own: readonly OwnAlertView[];
  /** Set up by the operation room for the reader's positions. */
  readonly audience: readonly (ShownAlert & { readonly name: Bilingual })[];
  readonly most: number;
}

/** After one was kept. */
export interface SavedAlerts extends FigureAlertsView, Pick<ShownAlert, "holdsSince"> {}

/** What an alert would have done in the last twelve months. */
export interface AlertTrial {
  readonly condition: AlertCondition;
  readonly sentence: Bilingual;
  readonly place: Bilingual;
  readonly from: string;
  readonly to: string;
  readonly events: readonly ShownEvent[];
  readonly periods: number;
  /** How many of these periods had too few cases to be judged. */
  readonly unknown: number;
  /** False: never were so many periods in a row judged as the alert asks for. It cannot come as long as so few cases come in. */
  readonly judgeable: boolean;
  /** Where it could not be judged: the nearest that could have been, of weeks and of months. */
  readonly instead: readonly { readonly condition: AlertCondition; readonly sentence: Bilingual }[];
  readonly confidential: boolean;
  readonly day: DayLength;
}

export interface AudienceTrial {
  readonly places: readonly { readonly place: Bilingual; readonly id: string }[];
  /** The trial for the chosen place; null: no one of the audience reads figures. */
  readonly trial: AlertTrial | null;
}
