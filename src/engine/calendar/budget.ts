/** How much time a target allows, in one of three units. */
export type Budget =
  /** Working time, to the second. `{amount: 7, unit: "workingHours"}` */
  | { readonly amount: number; readonly unit: "workingHours" }
  /** The same time of day on the n-th next working day, whatever that day's length. */
  | { readonly amount: number; readonly unit: "workingDays" }
  /** Time on the wall, nights and feasts included. */
  | { readonly amount: number; readonly unit: "calendarHours" };
