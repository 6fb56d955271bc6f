import { Logger } from '@aws-lambda-powertools/logger'
import { withoutWords } from './without-words.ts'

/** One log line per event, as JSON. Only ids, kinds and codes go in: never a text that somebody wrote. */
export const logger = (serviceName: string) => new Logger({ serviceName })

/** How a face tells its log that something broke, and nothing of what was in it. */
export const reporter = (log: Pick<Logger, 'error'>, sentence: string) => (error: unknown) => {
  log.error(sentence, { error: withoutWords(error) })
}
