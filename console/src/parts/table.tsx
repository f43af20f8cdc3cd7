import type { ComponentChildren } from 'preact'
import styles from './table.module.css'

export interface Column<Row> {
  heading: string
  cell: (row: Row) => ComponentChildren
  align?: 'start' | 'end'
  isHeadingHidden?: boolean
}

export interface TableProps<Row> {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  isDense?: boolean
}

/** Scrolls sideways by itself, so that the page never does. */
export function Table<Row>({ caption, columns, rows, rowKey, isDense = false }: TableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section class={styles.scroll} aria-label={caption} tabIndex={0}>
      <table class={isDense ? styles.dense : styles.table}>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.heading} scope="col" class={column.align === 'end' ? styles.end : undefined}>
                <span class={column.isHeadingHidden ? 'visually-hidden' : undefined}>{column.heading}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.heading} class={column.align === 'end' ? styles.end : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
