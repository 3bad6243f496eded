import type { INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { meaningIn, optionsOf } from '../../operations/fields/choice';
import type { Field } from '../../operations/fields/field';
import { requiredTextIn } from '../../operations/fields/text';
import { unaccented } from '../../operations/formatting';
import { locatorValue } from '../../operations/locatorValue';

/** Banks that Palomma is known to name, by the names that it has for them. The list may have grown since. */
export const banks = {
	avvillas: 'AV Villas',
	ban100: 'Ban100',
	bancamia: 'Bancamía',
	bancoagrario: 'Banco Agrario',
	bancocajasocial: 'Banco Caja Social',
	bancodebogota: 'Banco de Bogotá',
	bancodeoccidente: 'Banco de Occidente',
	bancoldex: 'Bancóldex',
	bancolombia: 'Bancolombia',
	bancoomeva: 'Bancoomeva',
	bancopopular: 'Banco Popular',
	bancow: 'Banco W',
	bbva: 'BBVA',
	cfa: 'CFA Cooperativa Financiera',
	citibank: 'Citibank',
	coltefinanciera: 'Coltefinanciera',
	confiar: 'Confiar',
	coofinep: 'Coofinep',
	coopcentral: 'Coopcentral',
	cotrafa: 'Cotrafa',
	daviplata: 'Daviplata',
	davivienda: 'Davivienda',
	falabella: 'Banco Falabella',
	finandina: 'Banco Finandina',
	gnbsudameris: 'GNB Sudameris',
	iris: 'Iris',
	itau: 'Itaú',
	itauhelm: 'Itaú Helm',
	jpmorgancolombia: 'JPMorgan Colombia',
	juriscoop: 'Juriscoop',
	mibanco: 'Mibanco',
	multibank: 'Multibank',
	mundomujer: 'Banco Mundo Mujer',
	nequi: 'Nequi',
	pichincha: 'Banco Pichincha',
	procreditcolombia: 'ProCredit Colombia',
	santander: 'Santander',
	scotiabankcolpatria: 'Scotiabank Colpatria',
	serfinanza: 'Banco Serfinanza',
	union: 'Banco Unión',
};

/** Characters. */
const longest = 100;

const codeOf = meaningIn(banks);

/** A bank from the list, or by the name that Palomma has for it. */
export function bankField(more: Partial<INodeProperties>): Field<string> {
	return {
		property: {
			displayName: 'Bank',
			name: 'bank',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: 'Select a bank...',
					typeOptions: { searchListMethod: 'searchBanks', searchable: true },
				},
				{
					displayName: 'By Name',
					name: 'name',
					type: 'string',
					placeholder: 'e.g. bancolombia',
				},
			],
			...more,
			description:
				"The bank, from the list of those that are known, or by Palomma's name for it if it is not in the list",
		},
		kind: 'text',
		maxLength: longest,
		read(given) {
			const text = requiredTextIn({ ...given, value: locatorValue(given.value).value }, longest);
			return codeOf(text) ?? text;
		},
	};
}

/** The banks that the editor offers to choose from. */
export async function searchBanks(this: unknown, filter = ''): Promise<INodeListSearchResult> {
	const part = unaccented(filter.trim());
	return {
		results: optionsOf<string>(banks).filter(
			({ name, value }) => unaccented(name).includes(part) || value.includes(part),
		),
	};
}
