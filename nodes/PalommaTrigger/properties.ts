import type { INodeProperties } from 'n8n-workflow';

import { capitalised } from '../Palomma/operations/formatting';
import { everyKind, type EventKind } from './eventKinds';

// n8n shows a notice as one paragraph of plain text, whatever there is in it.
const registration: INodeProperties = {
	displayName:
		'Palomma registers addresses by hand. 1. Open “Webhook URLs” above and copy the Production URL; never the Test URL, which is only for trying out. 2. Write to Palomma: the text is below. 3. Paste the integrity key from their answer into the Palomma API credential. 4. Publish this workflow. If nothing shows under Executions then: Docs, above.',
	name: 'registrationNotice',
	type: 'notice',
	default: '',
};

const letter: INodeProperties = {
	displayName:
		'Text for Palomma: “Please send the webhooks of our account ([name of your company], [sandbox or production]) to this address: [the Production URL]. Please also let us know our integrity key.”',
	name: 'letterNotice',
	type: 'notice',
	default: '',
};

const path: INodeProperties = {
	displayName: 'Path',
	// Not "path": n8n gives a parameter of that name another value whenever the workflow is duplicated.
	name: 'webhookPath',
	type: 'string',
	default: 'palomma',
	required: true,
	noDataExpression: true,
	placeholder: 'e.g. palomma',
	description:
		'The end of the address that Palomma sends events to. Change it only together with Palomma: with another path, their events arrive nowhere. Letters, digits, hyphens, dots, underscores and slashes.',
	hint: 'Only one published workflow can have this path. If n8n says “Conflicting Trigger Path” (a copy of the workflow, or a new trigger, which begins with “palomma”, too), type another one here first, and tell Palomma.',
};

const proxy: INodeProperties = {
	displayName:
		'If the Production URL begins with http://localhost, n8n does not know its own address: whoever runs it sets WEBHOOK_URL in its environment, such as https://n8n.example.com/. A proxy in front of it must hand on the headers X-Signature and X-Encoded-Data, and take 16 KB of headers.',
	name: 'proxyNotice',
	type: 'notice',
	default: '',
};

/**
 * The fields of the trigger.
 *
 * @param kinds the kinds of events to choose from
 */
export function propertiesFor(kinds: EventKind[]): INodeProperties[] {
	return [triggerOn(kinds), ...kinds.flatMap(statusesOf), registration, letter, path, proxy];
}

function triggerOn(kinds: EventKind[]): INodeProperties {
	const all = {
		name: 'All Events',
		value: everyKind,
		description: 'Everything that Palomma sends, also kinds of events that it may add later',
	};
	return {
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['payin-link.update'],
		options: [
			all,
			...kinds.map(({ name, value, description, action }) => ({
				name,
				value,
				description,
				action,
			})),
		],
		description: 'Events that start the workflow; others are taken note of and start nothing',
	};
}

function statusesOf({ name, value, statuses }: EventKind): INodeProperties[] {
	if (statuses === undefined) return [];
	return [
		{
			displayName: `${name} Statuses`,
			name: statuses.parameter,
			type: 'multiOptions',
			default: [],
			displayOptions: { show: { events: [everyKind, value] } },
			options: Object.entries(statuses.values).map(([status, description]) => ({
				name: capitalised(status),
				value: status,
				description,
			})),
			hint: 'Empty: all of them',
			description: 'Statuses that start the workflow. Leave it empty for all.',
		},
	];
}
