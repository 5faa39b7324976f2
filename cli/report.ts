/** What a verb of the toolkit has found or done: `text` for a person, `data` for a program. */
export type Report = { isWell: boolean; text: string; data: object }
