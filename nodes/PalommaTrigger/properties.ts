import type { INodeProperties } from 'n8n-workflow';

import { capitalised } from '../Palomma/operations/formatting';
import { everyKind, type EventKind } from './eventKinds';

const registration: INodeProperties = {
	displayName:
		'Palomma registers the address by hand. Publish this workflow, copy the <b>Production URL</b> from the top of this panel, and write to Palomma:<br><br>' +
		'<i>“Please send the webhooks of our account to this address:<br>(the Production URL)<br>' +
		'and let us know our integrity key, if we do not have it yet.”</i><br><br>' +
		'Paste the integrity key into the Palomma API credential. The Test URL is for trying out with <i>Execute workflow</i>: never send that one.',
	name: 'registrationNotice',
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
	hint: 'Only one published workflow can have this path. A copy of the workflow cannot be published beside the original: give it another path first.',
};

const proxy: INodeProperties = {
	displayName:
		'Does the Production URL begin with <code>http://localhost</code>, or with an address that others cannot open? Then n8n runs behind a proxy and does not know its own address: whoever runs it sets <code>WEBHOOK_URL</code> in its environment, such as <code>https://n8n.example.com/</code>. The proxy must hand on the headers <code>X-Signature</code> and <code>X-Encoded-Data</code> and take 16 KB of headers.',
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
	return [registration, path, triggerOn(kinds), ...kinds.flatMap(statusesOf), proxy];
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
			...kinds.map(({ name, value, description }) => ({
				name,
				value,
				description,
				action: `On ${name.toLowerCase()} updated`,
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
			description: 'Statuses that start the workflow. Leave it empty for all.',
		},
	];
}
