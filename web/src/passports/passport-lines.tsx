import type { PassportGroup } from './types.ts'

/** What opens with this group and was not open before: the last of its titles. */
function Title({ group }: { group: PassportGroup }) {
  const title = group.under.at(-1)
  if (title === undefined) return null
  const isCase = title.marker === null
  return (
    <p
      className="passport-case"
      data-level={Math.min(group.under.length, 4)}
      data-subservice={title.subservice !== null}
    >
      {isCase || /^[-–—•*]$/u.test(title.marker ?? '') ? null : (
        <span className="passport-marker">{title.marker} </span>
      )}
      {title.text}
    </p>
  )
}

/** The lines of a row, as the act has them: cases, items and what is said between them. */
export function PassportLines({ groups }: { groups: readonly PassportGroup[] }) {
  return (
    <div className="passport-lines">
      {groups.map((group, at) => (
        <div key={at} className="passport-group">
          <Title group={group} />
          {group.parts.map((part, index) => (
            <p key={index} className="passport-part" data-kind={part.kind} data-depth={part.depth}>
              {part.marker === null ? null : <span className="passport-marker">{part.marker}</span>}
              <span>{part.text}</span>
            </p>
          ))}
        </div>
      ))}
    </div>
  )
}
