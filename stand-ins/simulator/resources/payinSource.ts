import { given, type Bodies, type Entries } from '../entries';
import type { LifeCycle } from '../lifeCycle';
import type { Sandbox } from '../sandbox';
import { newAccount } from './account';

type PayinSource = Entries['payinSources'];

/** @throws Refusal */
export function newPayinSource(sandbox: Sandbox, body: Bodies['payinSources']): PayinSource {
	const { partialPayinsEnabled = false, type } = body;
	return given({
		...newAccount(sandbox, 'payinSources', body, 'pending'),
		partialPayinsEnabled,
		type,
	});
}

export const payinSourceLifeCycle: LifeCycle<PayinSource> = {
	eventType: 'payin-source.update',
	next: {
		pending: ['processing', 'cancelled'],
		processing: ['active', 'cancelled'],
		// Whether Palomma lets go of an active one is not documented.
		active: ['cancelled'],
	},
};
