import type { IWebhookFunctions } from 'n8n-workflow';

import { integrityKeyOf } from '../../credentials/connection';
import { now } from '../Palomma/transport/clock';

/** Milliseconds for which a key is used before the credential is read again. */
const timeToLive = 10_000;

interface Entry {
	key: Promise<string>;
	/** In the milliseconds of now(). */
	readAt: number;
}

const byCredential = new Map<string, Entry>();

/**
 * The integrity key of the trigger's credential. n8n sets up a sandbox for expressions whenever a credential is read,
 * which takes longer than everything else that the trigger does, also for a forged request. So the key is kept in memory
 * for ten seconds, after which a change in the credential counts. That there is none is never kept.
 *
 * @throws Error that says what is missing
 */
export async function integrityKeyFor(context: IWebhookFunctions): Promise<string> {
	const { id } = context.getNode().credentials?.['palommaApi'] ?? {};
	// The workflow is part of it: n8n checks when it reads whether the workflow may use the credential.
	const name = `${context.getWorkflow().id}/${id}`;
	const known = byCredential.get(name);
	if (known !== undefined && now() - known.readAt < timeToLive) return await known.key;

	const entry = { key: read(context), readAt: now() };
	byCredential.set(name, entry);
	entry.key.catch(() => byCredential.delete(name));
	return await entry.key;
}

async function read(context: IWebhookFunctions): Promise<string> {
	return integrityKeyOf(await context.getCredentials('palommaApi'));
}
