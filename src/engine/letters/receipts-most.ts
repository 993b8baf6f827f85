/** How many receipts a day go to one address of which nobody has shown that it is theirs. */

/** Somebody who sends a whole family's applications in a day gets them all; a stranger cannot fill a mailbox. */
export const defaultReceiptsMost = 10;

/** Of a programme; what its set-up does not say is as we ship it. */
export const receiptsMost = ({ receiptsMost: most }: { readonly receiptsMost?: number | undefined }): number =>
  most ?? defaultReceiptsMost;
