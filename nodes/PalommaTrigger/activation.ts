import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { integrityKeyOf } from '../../credentials/connection';

/** Modes in which nobody waits for the outcome: n8n starts, or another of its processes takes over. */
const unattended = ['init', 'leadershipChange'];

/**
 * Checks, when the workflow is published or tested, that events can be told from forged ones and can arrive.
 *
 * When n8n starts, it is quiet instead: throwing would take down all webhooks of the workflow, and the request itself is
 * then answered 503.
 *
 * @throws NodeOperationError that says what is missing
 */
export async function requireReadiness(context: IHookFunctions): Promise<void> {
	if (unattended.includes(context.getActivationMode())) return;
	try {
		integrityKeyOf(await context.getCredentials('palommaApi'));
		requirePath(context.getNodeParameter('webhookPath', ''));
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error);
	}
}

function requirePath(path: unknown): void {
	if (typeof path === 'string' && /^[\w~.-]+(?:\/[\w~.-]+)*$/.test(path)) return;
	throw new Error(
		'The Path can have letters, digits, hyphens, dots, underscores and slashes between them, such as palomma or shop/palomma. ' +
			'Type only the end of the address, without https:// and the name of the server.',
	);
}
