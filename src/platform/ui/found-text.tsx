/** A text with what was searched marked in it. It is text: whatever somebody wrote in it stays what they wrote. */
import React from "react";
import type { Piece } from "../../engine/search/highlight.js";

export function FoundText({ pieces, className }: { pieces: readonly Piece[]; className?: string }) {
  let at = 0;
  return (
    <bdi dir="auto" className={className}>
      {pieces.map(({ text, found }) => {
        const key = at;
        at += text.length;
        return found ? <mark key={key}>{text}</mark> : <React.Fragment key={key}>{text}</React.Fragment>;
      })}
    </bdi>
  );
}
