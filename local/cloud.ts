import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { json, text } from 'node:stream/consumers'
import { z } from 'zod'
import { decide, type Statement } from './gate/evaluate.ts'
import { accessKeyIn, OWNER, type Principals } from './gate/principals.ts'
import { listen } from './listen.ts'
import type { localSecrets } from './secrets.ts'
import { type LocalWitness, type Reply, refusal } from './witness-store.ts'
import { wrapping } from './wrapping.ts'

type CloudOptions = {
  readonly secrets: ReturnType<typeof localSecrets>
  readonly key: { readonly arn: string; readonly statements: readonly Statement[] }
  readonly childKeyArn: string
  readonly secretName: string
  readonly principals: Principals
  readonly witness: LocalWitness & {
    readonly keyArn: string
    readonly bucket: { readonly name: string; readonly arn: string; readonly heads: string }
  }
}

const context = z.record(z.string(), z.string()).default({})
const inputShape = z.object({
  KeyId: z.string().optional(),
  SecretId: z.string().optional(),
  CiphertextBlob: z.base64().default(''),
  Message: z.base64().default(''),
  EncryptionContext: context,
  SourceKeyId: z.string().optional(),
  DestinationKeyId: z.string().optional(),
  SourceEncryptionContext: context,
  DestinationEncryptionContext: context,
})

/** The calls of KMS and Secrets Manager that the functions make, answered as AWS answers them. */
export const cloudCall = ({
  secrets: { stage, childKey, ...outside },
  key: sealing,
  childKeyArn,
  secretName,
  principals,
  witness,
}: CloudOptions) => {
  const keyring = wrapping(stage)
  const keyArn = sealing.arn
  /** What the caller's role allows, and the key's own policy does not deny. */
  type Use = { readonly action: string; readonly arn: string; readonly given: Readonly<Record<string, string>> }
  const mayUseKey = (accessKey: string, { action, arn, given }: Use) => {
    if (accessKey === OWNER) return true
    const principal = principals.principalOf(accessKey)
    if (!principal) return false
    const entries = Object.entries(given)
    const context = {
      // There is one key to wrap by.
      'kms:ReEncryptOnSameKey': ['true'],
      'kms:EncryptionContextKeys': entries.map(([name]) => name),
      ...Object.fromEntries(entries.map(([name, value]) => [`kms:EncryptionContext:${name}`, [value]])),
    }
    const request = { action: `kms:${action}`, resource: arn, context }
    const byKey = decide(arn === keyArn ? sealing.statements : [], request, principal.tags)
    return byKey !== 'denied' && decide(principals.statementsOf(principal), request, principal.tags) === 'allowed'
  }
  /** Opens a data key and wraps it by the newest version, without giving it out. */
  const wrappedAnew = (read: z.infer<typeof inputShape>, accessKey: string): Readonly<Record<string, string>> => {
    const { SourceKeyId = keyArn, DestinationKeyId = keyArn, CiphertextBlob } = read
    if (SourceKeyId !== keyArn || DestinationKeyId !== keyArn) return { __type: 'NotFoundException' }
    const [from, to] = [read.SourceEncryptionContext, read.DestinationEncryptionContext]
    const mayBoth =
      mayUseKey(accessKey, { action: 'ReEncryptFrom', arn: keyArn, given: from }) &&
      mayUseKey(accessKey, { action: 'ReEncryptTo', arn: keyArn, given: to })
    if (!mayBoth) return { __type: 'AccessDeniedException' }
    const opened = keyring.open(Buffer.from(CiphertextBlob, 'base64'), inOrder(from))
    if (opened === undefined) return { __type: 'InvalidCiphertextException' }
    const wrapped = keyring.wrap(opened, inOrder(to)).toString('base64')
    return { KeyId: keyArn, SourceKeyId: keyArn, CiphertextBlob: wrapped }
  }
  return (target: string, input: unknown, accessKey: string): Readonly<Record<string, string>> => {
    const read = inputShape.parse(input)
    const { KeyId = keyArn, SecretId, CiphertextBlob, EncryptionContext, Message } = read
    if (target === 'TrentService.ReEncrypt') return wrappedAnew(read, accessKey)
    const context = inOrder(EncryptionContext)
    if (target.startsWith('TrentService.')) {
      const action = target.replace('TrentService.', '')
      const arn = { GenerateMac: childKeyArn, Sign: witness.keyArn, GetPublicKey: witness.keyArn }[action] ?? keyArn
      if (KeyId !== arn) return { __type: 'NotFoundException' }
      if (!kmsActions.includes(action)) return unknownCall(target)
      if (!mayUseKey(accessKey, { action, arn, given: EncryptionContext })) return { __type: 'AccessDeniedException' }
    }
    switch (target) {
      case 'TrentService.GenerateDataKey': {
        const Plaintext = randomBytes(32).toString('base64')
        return { KeyId, Plaintext, CiphertextBlob: keyring.wrap(Plaintext, context).toString('base64') }
      }
      case 'TrentService.Decrypt': {
        const Plaintext = keyring.open(Buffer.from(CiphertextBlob, 'base64'), context)
        return Plaintext === undefined ? { __type: 'InvalidCiphertextException' } : { KeyId, Plaintext }
      }
      case 'TrentService.RotateKeyOnDemand':
        stage.rotate()
        return { KeyId }
      case 'TrentService.GenerateMac': {
        const mac = createHmac('sha256', Buffer.from(childKey, 'base64')).update(Buffer.from(Message, 'base64'))
        return { KeyId, MacAlgorithm: 'HMAC_SHA_256', Mac: mac.digest('base64') }
      }
      case 'TrentService.Sign':
        return { KeyId, Signature: witness.sign(Buffer.from(Message, 'base64')) }
      case 'TrentService.GetPublicKey':
        return { KeyId, PublicKey: witness.publicKey() }
      case 'secretsmanager.GetSecretValue':
        if (SecretId !== secretName) return { __type: 'ResourceNotFoundException' }
        return { ARN: secretName, SecretString: JSON.stringify(outside) }
      default:
        return unknownCall(target)
    }
  }
}

const kmsActions = ['GenerateDataKey', 'Decrypt', 'GenerateMac', 'RotateKeyOnDemand', 'Sign', 'GetPublicKey']
/** In an order of its own, so that only its contents count. */
const inOrder = (context: Readonly<Record<string, string>>) => JSON.stringify(Object.entries(context).sort())
const unknownCall = (target: string) => ({ __type: 'UnknownOperationException', message: target })

/** A role taken on, as STS answers: credentials that are good for the hour, or that it may not be. */
const assumeRole = (principals: Principals, form: URLSearchParams, accessKey: string) => {
  const by = principals.principalOf(accessKey)
  const tags: Record<string, string> = {}
  for (let n = 1; form.has(`Tags.member.${n}.Key`); n += 1)
    tags[form.get(`Tags.member.${n}.Key`) ?? ''] = form.get(`Tags.member.${n}.Value`) ?? ''
  const taken = by && principals.assume(by, form.get('RoleArn') ?? '', tags)
  if (!taken)
    return {
      status: 403,
      body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRole</Message></Error></ErrorResponse>',
    }
  const until = new Date(Date.now() + Number(form.get('DurationSeconds') ?? '3600') * 1000).toISOString()
  const fields = `<AccessKeyId>${taken}</AccessKeyId><SecretAccessKey>local</SecretAccessKey><SessionToken>local</SessionToken><Expiration>${until}</Expiration>`
  return {
    status: 200,
    body: `<AssumeRoleResponse><AssumeRoleResult><Credentials>${fields}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  }
}

/** A call of the witness's bucket, where the caller's role allows it. */
const witnessCall = ({ witness, principals }: CloudOptions, request: IncomingMessage, body: string): Reply => {
  const { method = '', headers, url = '/' } = request
  const { pathname, searchParams: query } = new URL(url, 'http://local')
  const [, bucket, ...rest] = pathname.split('/')
  const key = rest.join('/')
  const accessKey = accessKeyIn(headers.authorization)
  const principal = principals.principalOf(accessKey)
  const action =
    method === 'PUT' ? 's3:PutObject' : query.has('versions') ? 's3:ListBucketVersions' : 's3:GetObjectVersion'
  const resource = query.has('versions') ? witness.bucket.arn : witness.bucket.heads.replace('heads/*', key)
  const asked = { action, resource, context: {} }
  const isAllowed =
    accessKey === OWNER ||
    (principal && decide(principals.statementsOf(principal), asked, principal.tags) === 'allowed')
  if (!isAllowed || bucket !== witness.bucket.name) return refusal(403, 'AccessDenied')
  return witness.answer({ method, key, query, ifNoneMatch: headers['if-none-match'], body })
}

/** Serves those calls to the functions' AWS SDK. */
export const startCloud = (port: number, options: CloudOptions) => {
  const call = cloudCall(options)
  return listen(port, async (request, response) => {
    const accessKey = accessKeyIn(request.headers.authorization)
    const target = request.headers['x-amz-target']
    if (target === undefined && request.url !== '/') {
      const { status, body } = witnessCall(options, request, await text(request))
      response.writeHead(status, { 'content-type': 'application/xml' })
      response.end(body)
      return
    }
    if (target === undefined) {
      const { status, body } = assumeRole(options.principals, new URLSearchParams(await text(request)), accessKey)
      response.writeHead(status, { 'content-type': 'text/xml' })
      response.end(body)
      return
    }
    const reply = call(String(target), await json(request), accessKey)
    response.writeHead('__type' in reply ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(reply))
  })
}
