import type { INodeTypeDescription } from 'n8n-workflow';

type Panel = Pick<
	INodeTypeDescription,
	'eventTriggerDescription' | 'activationMessage' | 'triggerPanel'
>;

const samples =
	'<b>While building your workflow</b>, take a sample from the documentation (Docs, above): click the pencil beside Output and paste it. ' +
	'Execute step waits for an event at the Test URL, where Palomma sends nothing by itself.<br /><br />';

const executions =
	'show up in the <a data-key="executions">executions list</a>, but not in the editor.';

/** What n8n's editor says about the trigger. By itself, it would promise that Palomma's events arrive in a test. */
export const panel: Panel = {
	eventTriggerDescription:
		'Waiting for an event at the Test URL. Palomma sends its own to the Production URL only',
	activationMessage: 'Events that Palomma sends to the Production URL start this workflow now.',
	triggerPanel: {
		header: 'Try it with an event of your own',
		executionsHelp: {
			inactive: `${samples}<b>Once you are happy with it</b>, publish it. Then the events that Palomma sends to the Production URL start it. They ${executions}`,
			active: `${samples}<b>It is published</b>: the events that Palomma sends to the Production URL start it. They ${executions}`,
		},
		activationHint:
			'Palomma sends its events to the Production URL: publish the workflow to get them.',
	},
};
