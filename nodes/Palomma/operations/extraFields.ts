import type { IDataObject } from 'n8n-workflow';

import { isShown, within, type Field, type Give, type Setting } from './fields/field';
import { jsonObject } from './fields/jsonObject';
import { ValueProblem } from './valueProblem';

/** A JSON object that is sent beside the fields: what Palomma has told a user, and its documents do not. */
export interface ExtraFields extends Setting<IDataObject> {
	/**
	 * @param values what the fields hold
	 * @throws ValueProblem if it is no object, or would overwrite a field
	 */
	addTo(body: IDataObject, values: IDataObject, give: Give): IDataObject;
}

/** @param fields the fields of the form, by their name in the body */
export function extraFieldsOf(fields: Record<string, Field>): ExtraFields {
	const setting = jsonObject({
		displayName: 'Extra Body Fields',
		name: 'extraBodyFields',
		type: 'json',
		default: '{}',
		description:
			'A JSON object with what Palomma has told you to send beside the fields above, for example {"bank": "nequi"}. It cannot overwrite a field of the form.',
	});
	return {
		...setting,
		addTo(body, values, give) {
			const extra = setting.read(give(within('options', setting.property)));
			const taken = Object.keys(extra).filter(
				(name) =>
					Object.hasOwn(body, name) ||
					(Object.hasOwn(fields, name) && isShown(fields[name] as Field, values)),
			);
			if (taken.length === 0) return { ...body, ...extra };
			throw new ValueProblem(
				`${setting.property.displayName} has ${taken.join(', ')}, for which there is a field`,
				'Fill in the field instead, and remove the property from Extra Body Fields.',
			);
		},
	};
}
