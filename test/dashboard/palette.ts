import { readFileSync } from 'node:fs'

const TOKENS = new URL('../../dashboard/src/theme/tokens.css', import.meta.url)

type Triple = readonly [number, number, number]

/**
 * What the three kinds of missing color vision make of linear red, green and blue, at their full extent: Machado, Oliveira and
 * Fernandes 2009, https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html
 */
export const VISIONS: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** A theme's colors by their names, such as `--rc-series-1`; those that refer to another have its color. */
export function readTheme(scheme: 'light' | 'dark'): (name: string) => string {
  const css = readFileSync(TOKENS, 'utf8')
  const [, block = ''] = new RegExp(`scheme='${scheme}'\\] \\{([^}]*)\\}`).exec(css) ?? []
  const values = new Map([...block.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name, value]) => [name, value]))
  const colorOf = (name: string): string => {
    const value = values.get(name) ?? ''
    const [, other] = /^var\((--[\w-]+)\)$/.exec(value) ?? []
    if (other !== undefined) return colorOf(other)
    if (!/^#([\da-f]{3}|[\da-f]{6})$/.test(value)) throw new Error(`${name} is no color in ${scheme}: ${value}`)
    return value
  }
  return colorOf
}

/** How much two colors contrast, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((left, right) => left - right)
  return (lighter + 0.05) / (darker + 0.05)
}

/** How far apart two colors are to somebody who sees so, in OKLab: about 0.02 can just be told. */
export function distance(one: string, other: string, vision: readonly Triple[]): number {
  const [left, right] = [one, other].map((color) => {
    const rgb = linear(color)
    return okLab(vision.map((row) => row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]))
  })
  return Math.hypot(...(left ?? []).map((value, index) => value - (right?.[index] ?? 0)))
}

function luminance(color: string): number {
  const [red, green, blue] = linear(color)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(color: string): Triple {
  const digits = color.length === 4 ? color.replaceAll(/[\da-f]/g, '$&$&') : color
  const channel = (from: number) => {
    const value = Number.parseInt(digits.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** https://bottosson.github.io/posts/oklab/ */
function okLab(rgb: readonly number[]): number[] {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => Math.max(0, value))
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ]
}
