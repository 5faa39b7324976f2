// Owns nothing: the trail as people read it. Names for its ids, what a search for somebody means, and files of it.
// Calls audit, organizations, people, access, tokens and roster; called by the console and the REST interface.

export { exportTrail } from './exporting.ts'
export { idsCalled, namesIn } from './naming.ts'
