export { namesOf } from '#server/events/names-of.ts'
