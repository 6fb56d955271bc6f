import { createPublicKey, verify } from 'node:crypto'
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms'
import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { HeadWitness } from '@concord/application/ports/audit-chain'
import type { Head, Witnessed } from '@concord/domain/audit/ledger'
import { z } from 'zod'

const keptShape = z.strictObject({ head: z.unknown(), signature: z.base64() })

type Stores = {
  readonly s3: S3Client
  readonly kms: KMSClient
  readonly bucket: string
  /** Of the key that signs, and whose public half verifies. */
  readonly keyId: string
  readonly readHead: (value: unknown) => Head
}

/** Heads as objects of a bucket that takes each once and gives none back, signed by a key that nothing else uses. */
export const s3Witness = ({ s3, kms, bucket, keyId, readHead }: Stores): HeadWitness => {
  let publicKey: Promise<ReturnType<typeof createPublicKey>> | undefined
  const verifyingKey = async () => {
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }))
    if (!PublicKey) throw new Error('KMS gave no public key')
    return createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' })
  }
  /** What was put first under the first name that begins so: whatever was laid over it since, a lock keeps. */
  const first = async (prefix: string): Promise<Witnessed | undefined> => {
    const { Versions = [] } = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, MaxKeys: 100 }),
    )
    const oldest = Versions.filter(({ Key }) => Key === Versions[0]?.Key).at(-1)
    if (!oldest) return undefined
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: oldest.Key, VersionId: oldest.VersionId }),
    )
    const { head: kept, signature } = keptShape.parse(JSON.parse((await Body?.transformToString()) ?? ''))
    const head = readHead(kept)
    publicKey ??= verifyingKey()
    const isSigned = verify('sha256', Buffer.from(head.hash), await publicKey, Buffer.from(signature, 'base64'))
    return { head, isSigned }
  }
  return {
    async publish(head) {
      const { Signature } = await kms.send(
        new SignCommand({ KeyId: keyId, Message: Buffer.from(head.hash), SigningAlgorithm: 'ECDSA_SHA_256' }),
      )
      if (!Signature) throw new Error('KMS signed nothing')
      const body = JSON.stringify({ head, signature: Buffer.from(Signature).toString('base64') })
      try {
        await s3.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: nameOf(head.number),
            Body: body,
            ContentType: 'application/json',
            IfNoneMatch: '*',
          }),
        )
        return 'published'
      } catch (error) {
        if (!(error instanceof S3ServiceException) || error.name !== 'PreconditionFailed') throw error
        const there = await first(nameOf(head.number))
        return there?.head.hash === head.hash ? 'published' : 'other-stands'
      }
    },
    latest: () => first('heads/'),
    find: (number) => first(nameOf(number)),
  }
}

const HIGHEST = 999_999_999_999
/** Names sort backwards, since a bucket lists from the front: the latest is the first. */
const nameOf = (number: number) => `heads/${HIGHEST - number}-${number}.json`
