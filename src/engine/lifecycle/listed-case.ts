/** A case as a line of a list. */
export interface ListedCase {
  readonly id: number;
  readonly reference: string;
  readonly programme: string;
  readonly type: string;
  readonly state: string;
  readonly stateKind: "open" | "waiting" | "resolved" | "final";
  readonly importance: string | null;
  readonly pillar: string | null;
  readonly entity: string | null;
  readonly sector: string | null;
  readonly subject: string;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  /** The final answer, the first reply alone, or what is in review and past its deadline; null: nothing is late. */
  readonly late: "overdue" | "replyLate" | "reviewLate" | null;
  readonly escalationLevel: number;
}
