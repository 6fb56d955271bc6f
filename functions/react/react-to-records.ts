import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { react } from '@concord/application/reactions/react'
import type { logger } from '@concord/platform/logger'
import { eventEnvelope } from '@concord/store/concord-store'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'

type Reactor = {
  readonly react: ReturnType<typeof react>
  readonly log: Pick<ReturnType<typeof logger>, 'error' | 'info'>
}

/**
 * Reads the stream's records in their order and reacts to each. A reaction that keeps failing is parked inside `react`; what fails
 * here is the record itself or the table, so the batch stops at it and the stream tries again from there.
 */
export const reactToRecords =
  ({ react: reactTo, log }: Reactor) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    for (const record of Records) {
      try {
        const parked = await reactTo(eventEnvelope.parse(imageOf(record)))
        if (parked.length > 0) log.error('Parked', { reactions: parked, event: record.eventID ?? '' })
      } catch (error) {
        log.error('A record could not be reacted to', {
          name: error instanceof Error ? error.name : 'unknown',
          event: record.eventID ?? '',
        })
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] }
      }
    }
    return { batchItemFailures: [] }
  }

// The event's types say DynamoDB's attribute values twice over: the same shapes, from two packages.
const imageOf = (record: DynamoDBRecord) =>
  unmarshall((record.dynamodb?.NewImage ?? {}) as Parameters<typeof unmarshall>[0])
