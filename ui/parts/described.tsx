'use client'
/** What describes a control. Mantine's input takes it from Mantine's own wrapper alone, and drops what it is given. */
import { InputWrapperContext } from '@mantine/core'
import type { ReactNode } from 'react'

export function Described({ by, children }: { by: string | undefined; children: ReactNode }) {
  const context = { offsetTop: false, offsetBottom: false, getStyles: null, inputId: undefined, labelId: undefined }
  return <InputWrapperContext value={{ ...context, describedBy: by }}>{children}</InputWrapperContext>
}
