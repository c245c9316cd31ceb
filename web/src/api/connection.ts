/** Whether the server answers: a tiny store that the banner watches. */
type State = 'up' | 'gone'

let state: State = 'up'
const watchers = new Set<() => void>()

export const connection = {
  current: (): State => state,
  watch(watcher: () => void): () => void {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  },
  report(next: State): void {
    if (next === state) return
    state = next
    for (const watcher of watchers) watcher()
  },
}
