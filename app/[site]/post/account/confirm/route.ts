export { answeringProof as POST } from '../../../../_doors/confirm.ts'
