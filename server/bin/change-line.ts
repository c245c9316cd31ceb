import type { SourceChange } from '#server/http/wire.ts'

/** A line that warns of quoted words which were changed since; '' where they were not. */
export const changeLine = (change: SourceChange | null): string =>
  change === null
    ? ''
    : `  ! ${change.labels.join(', ')}: ${change.known ? 'с' : 'не ранее'} ${change.since} ${change.movedTo === null ? 'действует другая редакция' : `те же слова – ${change.movedTo.join(', ')}`}${change.by === null ? '' : ` (${change.by})`}\n`
