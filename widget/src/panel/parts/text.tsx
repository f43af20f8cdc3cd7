import type { ComponentChildren } from 'preact'
import { type Piece, parse } from '../markup.ts'

/** A message's own words: nodes made one by one, never HTML. `leave` goes before the address of every link. */
export function Text({ text, leave }: { text: string; leave: string }) {
  return <>{parse(text).map(show)}</>

  function show(piece: Piece): ComponentChildren {
    switch (piece.kind) {
      case 'text':
        return piece.text
      case 'bold':
        return <strong>{piece.inside.map(show)}</strong>
      case 'italic':
        return <i>{piece.inside.map(show)}</i>
      case 'code':
        return <code dir="ltr">{piece.text}</code>
      case 'link':
        return (
          <>
            <a href={leave + piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">
              {piece.text}
            </a>
            {piece.host && <bdi dir="ltr"> ({piece.host})</bdi>}
          </>
        )
    }
    return piece satisfies never
  }
}
