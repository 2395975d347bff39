-- The log of deployments stays when its convention is removed.
-- DropForeignKey
ALTER TABLE "convention_deployment" DROP CONSTRAINT "convention_deployment_convention_fkey";
