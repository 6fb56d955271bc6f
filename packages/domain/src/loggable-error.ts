/** A failure whose message is made of ids, kinds and words of ours alone: it may go into a log as it is. Of any other the log has no message. */
export class LoggableError extends Error {
  override readonly name: string = 'LoggableError'
}
