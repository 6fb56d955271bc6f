import { Logger } from '@aws-lambda-powertools/logger'

/** One log line per event, as JSON. Only ids, kinds and codes go in: never a text that somebody wrote. */
export const logger = (serviceName: string) => new Logger({ serviceName })
