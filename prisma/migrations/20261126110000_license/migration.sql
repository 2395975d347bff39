-- AlterTable
ALTER TABLE "convention" ADD COLUMN     "license" TEXT;
